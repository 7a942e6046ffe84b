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
  var search = null, loading = null;
  var MOST = 40, OTHERS = 6; // pages that are listed, and further places named of each

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function load(path) {
    return new Promise(function (resolve, reject) {
      var script = make("script");
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
    loading = Promise.all(["assets/minisearch.js", "assets/search.js", "search/first.js"].map(load)).then(function () {
      search = new self.SiteSearch();
      search.addFirst(self.searchData.first);
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

  function address(hit) {
    var folder = hit.page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "/");
    return new URL(folder + box.dataset.pageEnd, root).href + (hit.anchor ? "#" + hit.anchor : "");
  }

  function link(hit, name) {
    var anchor = make("a", name);
    anchor.href = address(hit);
    return anchor;
  }

  /* A text whose found words are marked; never as HTML. */
  function marked(element, text, terms) {
    search.pieces(text, terms).forEach(function (piece) {
      element.append(piece[1] ? make("mark", "", piece[0]) : piece[0]);
    });
    return element;
  }

  /* A page, at the place on it that fits best, and other places there. */
  function entry(found) {
    var best = found[0].hit, terms = found[0].terms;
    var item = make("li", "md-search-result__item");
    var anchor = item.appendChild(link(best, "md-search-result__link hit"));
    var title = anchor.appendChild(make("span", "hit-title"));
    title.append(make("span", "hit-kind", best.kind), " ");
    marked(title, best.title, terms);
    if (best.says) marked(anchor.appendChild(make("span", "hit-says")), best.says, terms);
    if (best.marks) anchor.appendChild(make("span", "hit-marks", best.marks));
    var named = {}, others = make("p", "hit-others");
    found.slice(1).forEach(function (other) {
      var name = other.hit.top ? "The page" : other.hit.short;
      if (!Object.hasOwn(named, name) && name !== best.short && others.childElementCount < OTHERS) {
        named[name] = true;
        others.append(link(other.hit, ""), " ");
        others.lastElementChild.textContent = name;
      }
    });
    if (others.childElementCount) item.appendChild(others);
    return item;
  }

  function tell(pages, instead) {
    var words = instead.map(function (each) {
      return "No page has “" + each[0] + "”" + (each[1] ? "; these have “" + each[1] + "”." : ".");
    });
    var count = pages === 1 ? "1 page" : pages + " pages";
    var most = pages > MOST ? ", the first " + MOST + " are shown." : ".";
    said.textContent = [pages ? count + " found" + most : "Nothing found."].concat(words).join(" ");
  }

  function show() {
    var query = input.value.trim();
    list.textContent = "";
    if (!query || !search) {
      said.textContent = query ? "Loading the search" : "Type to start searching";
      return;
    }
    var result = search.find(query), pages = new Map();
    result.hits.forEach(function (each) {
      if (!pages.has(each.hit.page)) pages.set(each.hit.page, []);
      pages.get(each.hit.page).push(each);
    });
    Array.from(pages.values()).slice(0, MOST).forEach(function (found) { list.appendChild(entry(found)); });
    tell(pages.size, result.instead);
    list.parentElement.parentElement.scrollTop = 0;
  }

  function open() {
    start();
    if (!toggle.checked) toggle.click();
  }

  function close() {
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
  input.addEventListener("input", show); // whatever typed it: keys, a paste, dictation
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) first.click();
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
