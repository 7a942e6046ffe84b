/* The search box, in the manners of the theme: `/`, `f` or `s` opens it, arrows go through what is found, Enter opens the
   first or the chosen, Escape closes. What it looks through is loaded when the box is first used, by scripts, as a folder
   without a server allows no other way; claims and sources come after the rest. */
(function () {
  "use strict";
  var box = document.querySelector(".md-search");
  if (!box) return;
  var toggle = document.getElementById("__search");
  var input = box.querySelector("input"), form = box.querySelector("form");
  var said = box.querySelector("[role=status]"), list = box.querySelector("ol");
  var root = new URL(box.dataset.root + "/", location.href);
  var hits = null, loading = null, entered = false;

  function load(path) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = new URL(path, root).href;
      script.addEventListener("load", resolve);
      script.addEventListener("error", function () { reject(new Error(path)); });
      document.head.appendChild(script);
    });
  }

  /* Take the steps of a long work a few at a time, and let the reader type between them. */
  function go(steps, done) {
    var end = performance.now() + 12, step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) done();
    else setTimeout(go, 0, steps, done);
  }

  function start() {
    if (loading) return;
    var search, first = ["assets/minisearch.js", "assets/search.js", "assets/search-hits.js", "search/first.js"];
    loading = Promise.all(first.map(load)).then(function () {
      search = new self.SiteSearch();
      search.addFirst(self.searchData.first);
      hits = self.SiteHits(box, search);
      show();
      return load("search/rest.js");
    }).then(function () {
      go(search.addRest(self.searchData.rest), function () {
        box.dataset.loaded = "all";
        show();
      });
    }).catch(function (error) {
      loading = null; // tried again when the box is next used
      said.textContent = "The search could not be loaded (" + error.message + ").";
    });
  }

  /* What is found for what stands in the box; an Enter that came before the search was there follows. */
  function show() {
    var query = input.value.trim();
    list.textContent = "";
    if (query && hits) hits(query);
    else said.textContent = query ? "Loading the search" : "Type to start searching";
    if (entered) follow();
  }

  function follow() {
    var first = list.querySelector("a");
    entered = !first && box.dataset.loaded !== "all";
    if (first) first.click();
  }

  function open() {
    start();
    if (!toggle.checked) toggle.click();
  }

  function close() {
    entered = false;
    if (toggle.checked) toggle.click();
    if (box.contains(document.activeElement)) document.activeElement.blur();
  }

  /* Go to the next or the previous link that is found; from the first back into the box. */
  function move(by) {
    var stops = [input].concat(Array.from(list.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement);
    stops[(Math.max(at, 0) + by + stops.length) % stops.length].focus();
  }

  input.addEventListener("focus", open);
  input.addEventListener("input", function () { // whatever typed it: keys, a paste, dictation
    entered = false;
    show();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    follow();
  });
  form.addEventListener("reset", function () { setTimeout(function () { show(); input.focus(); }); });
  list.addEventListener("click", function (event) { if (event.target.closest("a")) close(); });
  toggle.addEventListener("change", function () { if (toggle.checked) { start(); input.focus(); } else input.blur(); });
  box.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
  });
  box.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (step) move(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", function (event) {
    if (event.metaKey || event.ctrlKey || event.altKey || !/^[fs/]$/.test(event.key)) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
  });

  /* An address may ask: `?q=`. */
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    input.focus();
    show();
  }
})();
