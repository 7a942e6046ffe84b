/* Cards on citations, copying a claim, filters and order of tables, expiry. Plain JavaScript, no other file. */
(function () {
  "use strict";

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* A card opens on a numbered citation by pointer, focus or tap; Escape or leaving closes it. It has one link, to the
     passage, and Tab passes that by: Enter on the citation goes to it. Its other links stand with the source below. */
  var open = null;

  function closeCard() {
    if (!open) return;
    open.card.remove();
    open.chip.setAttribute("aria-expanded", "false");
    open = null;
  }

  function openCard(chip) {
    if (open && open.chip === chip) return;
    closeCard();
    var source = document.getElementById(chip.getAttribute("href").slice(1));
    if (!source) return;
    var card = make("span", { class: "card", id: "citation-card", role: "group", "aria-label": chip.getAttribute("aria-label") });
    source.childNodes.forEach(function (node) { card.appendChild(node.cloneNode(true)); });
    card.querySelectorAll("a").forEach(function (link) { link.replaceWith(make("span", {}, link.textContent)); });
    card.appendChild(make("br"));
    card.appendChild(make("a", { class: "passage", href: chip.dataset.passage, tabindex: "-1" }, "Open the passage in PubMed"));
    chip.after(card);
    chip.setAttribute("aria-expanded", "true");
    open = { chip: chip, card: card };
    var overflow = card.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (overflow > 0) card.style.marginLeft = -overflow + "px";
    var left = card.getBoundingClientRect().left - 8;
    if (left < 0) card.style.marginLeft = parseFloat(card.style.marginLeft || 0) - left + "px";
  }

  function setUpCards() {
    document.querySelectorAll("a.number").forEach(function (chip) {
      chip.setAttribute("aria-expanded", "false");
      chip.addEventListener("mouseenter", function () { openCard(chip); });
      chip.addEventListener("focus", function () { openCard(chip); });
      chip.addEventListener("click", function (event) {
        event.preventDefault();
        var isOpen = open && open.chip === chip;
        openCard(chip);
        if (isOpen && !event.detail) open.card.querySelector("a").focus();
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && open) {
        var chip = open.chip;
        if (open.card.contains(document.activeElement)) chip.focus();
        closeCard();
      }
    });
    document.addEventListener("focusin", function (event) {
      if (open && !open.card.contains(event.target) && event.target !== open.chip) closeCard();
    });
    document.addEventListener("mouseover", function (event) {
      if (open && !open.card.contains(event.target) && event.target !== open.chip &&
          !open.card.contains(document.activeElement) && document.activeElement !== open.chip) closeCard();
    });
    document.addEventListener("click", function (event) {
      if (open && !open.card.contains(event.target) && event.target !== open.chip) closeCard();
    });
  }

  /* What the page says of standing and edition, on one line. */
  function standing() {
    var line = document.querySelector(".standing");
    return line ? line.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* A claim with its sources and marks, its address (its id in a folder), and the version it was copied from. */
  function claimText(claim) {
    var record = document.querySelector(".group code");
    var page = location.protocol === "file:" && record ? record.textContent : location.href.split("#")[0];
    return claim.dataset.quotation + " " + page + "#" + claim.id +
      " (" + standing() + ")";
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var area = make("textarea", { class: "off-screen" });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  function setUpCopying() {
    var claims = document.querySelectorAll(".claim[id]");
    var said = claims.length && document.body.appendChild(make("span", { role: "status", class: "off-screen" }));
    claims.forEach(function (claim) {
      var button = make("button", { type: "button", class: "copy", title: "Copy the claim with its citation" });
      function say(words) {
        button.textContent = words;
        button.setAttribute("aria-label", words + ": the claim " + claim.id);
      }
      say("Copy");
      button.addEventListener("click", function () {
        copy(claimText(claim)).then(function () { say("Copied"); }, function () { say("Not copied"); }).then(function () {
          said.textContent = button.textContent;
        });
      });
      claim.querySelector(":scope > .statement").appendChild(button);
    });
  }

  /* What a cell holds; several things are separated by semicolons. */
  function parts(row, column) {
    return row.cells[column].textContent.split(";").map(function (part) { return part.trim(); });
  }

  /* The tables in .filterable, which have the same columns, get a field for words and a choice for each column named in
     data-columns. What is folded opens where something is asked for and found. */
  function setUpFilters() {
    document.querySelectorAll(".filterable").forEach(function (holder, index) {
      var folds = holder.querySelectorAll(".fold");
      var rows = Array.prototype.slice.call(holder.querySelectorAll("tbody tr"));
      var heads = Array.prototype.map.call(holder.querySelector("thead tr").cells, function (cell) { return cell.textContent.trim(); });
      var form = make("form", { class: "filters", role: "search", "aria-label": "Filter the table" });
      var id = "filter-" + index;
      function field(name, control) {
        var pair = form.appendChild(make("span", { class: "field" }));
        pair.appendChild(make("label", { for: control.id }, name));
        return pair.appendChild(control);
      }
      var words = field("Words", make("input", { id: id, type: "search" }));
      var choices = holder.dataset.columns.split(",").map(function (name) {
        var column = heads.indexOf(name);
        var values = {};
        rows.forEach(function (row) { parts(row, column).forEach(function (value) { values[value] = true; }); });
        var select = field(name, make("select", { id: id + "-" + column }));
        select.appendChild(make("option", { value: "" }, "all"));
        Object.keys(values).sort().forEach(function (value) { select.appendChild(make("option", { value: value }, value)); });
        return { column: column, select: select };
      });
      var count = make("p", { class: "count", role: "status" });
      function apply() {
        var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
        var shown = 0;
        rows.forEach(function (row) {
          var text = row.textContent.toLowerCase();
          var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; }) && choices.every(function (choice) {
            return !choice.select.value || parts(row, choice.column).indexOf(choice.select.value) >= 0;
          });
          row.hidden = !fits;
          if (fits) shown += 1;
        });
        count.textContent = shown + " of " + rows.length + " shown";
      }
      form.addEventListener("input", function () {
        apply();
        folds.forEach(function (fold) {
          fold.hidden = !fold.querySelector("tbody tr:not([hidden])");
          fold.open = !fold.hidden && (words.value.trim() !== "" || choices.some(function (choice) { return choice.select.value; }));
        });
      });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      holder.insertBefore(count, holder.firstChild);
      holder.insertBefore(form, count);
      apply();
    });
  }

  /* What a cell of a table is sorted by: a number, or its words without the name of the column. */
  function sortKey(cell) {
    var own = cell.cloneNode(true);
    own.querySelectorAll(".column").forEach(function (name) { name.remove(); });
    var text = own.textContent.trim();
    return /^\d+$/.test(text) ? Number(text) : text.toLowerCase();
  }

  /* The heads of a table in .sortable become buttons: up, down, and as it was. */
  function setUpSorting() {
    document.querySelectorAll(".sortable table").forEach(function (table) {
      var body = table.tBodies[0];
      var given = Array.prototype.slice.call(body.rows);
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
        var button = make("button", { type: "button", class: "sort" });
        button.append.apply(button, head.childNodes);
        head.appendChild(button);
        button.addEventListener("click", function () {
          var order = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")];
          if (order === undefined) order = "ascending";
          table.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
          var rows = given.slice();
          if (order) {
            head.setAttribute("aria-sort", order);
            rows.sort(function (a, b) {
              var x = sortKey(a.cells[column]), y = sortKey(b.cells[column]);
              var less = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
              return order === "ascending" ? less : -less;
            });
          }
          body.append.apply(body, rows);
        });
      });
    });
  }

  /* On a narrow screen a matrix shows one answer of each record, the first until another is chosen, or all. What is not
     shown is found by whoever searches in the page, and then all are. */
  function setUpAnswers() {
    var narrow = window.matchMedia("(max-width: 60em)");
    document.querySelectorAll(".matrix:not(.short)").forEach(function (holder) {
      var names = Array.prototype.slice.call(holder.querySelectorAll("thead th"), 2, -1);
      var field = make("span", { class: "field of-narrow" });
      var select = make("select", { id: "matrix-answer" });
      field.append(make("label", { for: select.id }, "Answer"), select);
      names.forEach(function (name, index) { select.appendChild(make("option", { value: index }, name.textContent.trim())); });
      select.appendChild(make("option", { value: "" }, "all"));
      function show() {
        holder.querySelectorAll("tbody tr").forEach(function (row) {
          Array.prototype.slice.call(row.cells, 2, -1).forEach(function (cell, index) {
            if (narrow.matches && select.value && select.value !== String(index)) cell.setAttribute("hidden", "until-found");
            else cell.removeAttribute("hidden");
          });
        });
      }
      select.addEventListener("input", show);
      narrow.addEventListener("change", show);
      holder.addEventListener("beforematch", function () { select.value = ""; show(); });
      holder.querySelector(".filters").appendChild(field);
      show();
    });
  }

  /* What stock Material leaves unnamed: lists of links inside of lists of links. */
  function nameLandmarks() {
    document.querySelectorAll(".md-nav .md-nav").forEach(function (list) {
      ["aria-label", "aria-labelledby", "aria-expanded"].forEach(function (name) { list.removeAttribute(name); });
      list.setAttribute("role", "none");
    });
  }

  /* A link to what is folded, or into it, opens it, and whatever it is folded in. */
  function openTarget() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    var isClosed = target && target.closest("details:not([open])");
    if (!isClosed) return;
    for (var part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  }

  /* Paper has everything: what is folded is unfolded for as long as the page is printed. Each side says in its
     margin which edition it is of, and where it is found. */
  function prepareForPrint() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      var told = { edition: standing(), address: location.href };
      Object.keys(told).forEach(function (name) {
        document.documentElement.style.setProperty("--" + name, JSON.stringify(told[name]));
      });
      opened = Array.prototype.slice.call(document.querySelectorAll(".fold:not([open])"));
      opened.forEach(function (each) { each.open = true; });
    });
    window.addEventListener("afterprint", function () { opened.forEach(function (each) { each.open = false; }); });
  }

  /* An edition says until when it holds; after that day the reader's clock says that it is over. */
  function markExpired() {
    var today = new Date().toISOString().slice(0, 10);
    document.querySelectorAll(".standing [data-expires]").forEach(function (line) {
      if (today > line.dataset.expires) line.prepend(make("strong", { class: "mark" }, "Expired."), " ");
    });
  }

  /* The page of a former address leads on: to the claim that was asked for, or to the record. */
  function leadOn() {
    var record = document.querySelector("a.moved-to");
    var claim = record && location.hash && document.getElementById(location.hash.slice(1));
    if (record) location.replace((claim && claim.href) || record.href);
  }

  /* Sections that a script of their own builds, and that did not come: all of them, as without any script. */
  function showSections() {
    document.querySelectorAll(".sections:not([hidden]) > noscript").forEach(function (each) { each.outerHTML = each.textContent; });
  }

  leadOn();
  showSections();
  markExpired();
  nameLandmarks();
  openTarget();
  window.addEventListener("hashchange", openTarget);
  prepareForPrint();
  setUpCards();
  setUpCopying();
  setUpFilters();
  setUpAnswers();
  setUpSorting();
})();
