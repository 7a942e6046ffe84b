/* The pathway a step at a time, read from the sections of the page; the way taken stands in the address, and nothing of
   a patient does. Plain JavaScript, no other file. */
(function () {
  "use strict";

  var holder = document.getElementById("stepper");
  var sections = document.querySelector(".sections");
  if (!holder || !sections) return;

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(text, act, kind) {
    var made = make("button", { type: "button", class: kind || "" }, text);
    made.addEventListener("click", act);
    return made;
  }

  build(sections.querySelector("noscript"));
  var first = sections.querySelector(".node");

  function words(text) { return text ? text.split(" ") : []; }

  /* A section is text until it is reached: markup of this page, in a noscript. */
  function build(folded) { if (folded) folded.outerHTML = folded.textContent; }
  function sectionOf(id) {
    build(sections.querySelector('noscript[data-of="' + id + '"]'));
    return document.getElementById(id);
  }
  function nodeOf(name) { return sectionOf("node--" + name); }
  function nameOf(node) { return node.id.replace("node--", ""); }
  function labelOf(node) { return node.querySelector(".node-label").textContent.trim(); }
  function copyOf(part) { return part.cloneNode(true); }
  function itemsOf(node) {
    return Array.prototype.map.call(node.querySelectorAll(".items .item"), function (each) { return each.textContent; });
  }
  function answered(answer, label) { return answer ? (/[?]$/.test(label) ? " " : ": ") + answer : ""; }

  /* Where a step leads: the items of a checklist that lead somewhere, then its answers. */
  function targets(node) {
    return Array.prototype.map.call(node.querySelectorAll("a.way"), function (way, index) {
      var isAnswer = !way.classList.contains("on");
      var name = way.getAttribute("href").replace("#node--", "");
      return { name: name, text: way.textContent.trim(), isAnswer: isAnswer, index: index, unknown: way.dataset.unknown };
    });
  }

  /* The way is a list of choices, each its number and the step that it led to: #way=0.a/2.b */
  function readWay() {
    var match = /^#way=(.*)$/.exec(location.hash);
    var way = [{ node: first, choice: null }];
    (match && match[1] ? match[1].split("/") : []).every(function (part) {
      var step = /^(\d+)\.([a-z0-9-]+)$/.exec(part);
      var target = step && targets(way[way.length - 1].node)[Number(step[1])];
      if (!target || target.name !== step[2] || !openTargets(way).some(function (open) { return open.index === target.index; })) return false;
      way.push({ node: nodeOf(target.name), choice: Number(step[1]), answer: target.isAnswer ? target.text : "" });
      return true;
    });
    return way;
  }

  function address(way) {
    return "#way=" + way.slice(1).map(function (step) { return step.choice + "." + nameOf(step.node); }).join("/");
  }

  /* What was ticked on the way to each address, for the card: kept by nothing but this page, while its buttons lead. */
  var ticks = {};
  var isLed = false;

  function go(way) {
    isLed = true;
    location.hash = address(way);
  }

  function choose(way, choice) {
    go(way.concat({ node: nodeOf(targets(way[way.length - 1].node)[choice].name), choice: choice }));
  }

  /* The disease of a way is that of its last step about a single one. */
  function diseaseOf(way) {
    var about = way.filter(function (step) { return step.node.dataset.disease; });
    return about.length ? sectionOf(about[about.length - 1].node.dataset.disease) : null;
  }

  /* What is told of a disease: the answers to some questions, in their order. */
  function toldOf(disease, questions) {
    return questions.map(function (question) {
      return disease && disease.querySelector('.told[data-question="' + question + '"]');
    }).filter(Boolean).map(copyOf);
  }

  /* The targets that are open: for a disease of which the answer to a question is not known that of the gap alone. */
  function openTargets(way) {
    var found = targets(way[way.length - 1].node);
    var gaps = found.filter(function (target) {
      return target.unknown && toldOf(diseaseOf(way), [target.unknown]).some(function (told) {
        return told.dataset.notKnown !== undefined;
      });
    });
    return gaps.length ? gaps : found.filter(function (target) { return !target.unknown; });
  }

  /* Whether a way has told the answer to a question, and does not end in a stage before that: what was given up then. */
  function hasTold(way, question) {
    var last = Number(way[way.length - 1].node.dataset.stage);
    return way.some(function (step) {
      return words(step.node.dataset.told).indexOf(question) >= 0 && Number(step.node.dataset.stage) <= last;
    });
  }

  function trailOf(way) {
    var trail = make("details", { class: "trail" });
    var disease = diseaseOf(way);
    trail.appendChild(make("summary", {}, "Step " + way.length + (disease ? " · " + disease.dataset.name : "")));
    var list = trail.appendChild(make("ol", { "aria-label": "The way so far" }));
    way.slice(0, -1).forEach(function (step, index) {
      var item = list.appendChild(make("li"));
      item.appendChild(make("a", { href: address(way.slice(0, index + 1)) }, labelOf(step.node)));
      item.append(answered(way[index + 1].answer, labelOf(step.node)));
    });
    return trail;
  }

  /* The records of the items that were ticked at the last checklist before, each time that it was asked: what is said of them comes first. */
  function tickedBefore(way) {
    var before = way.slice(0, -1);
    var asked = before.filter(function (step) { return step.node.dataset.kind === "checklist"; }).pop();
    return before.reduce(function (all, step, index) {
      var states = asked && step.node === asked.node && ticks[address(way.slice(0, index + 1))];
      if (!states) return all;
      var items = step.node.querySelectorAll(".items .item");
      var ticked = Array.prototype.filter.call(items, function (each, number) { return states[number]; });
      return ticked.reduce(function (found, each) { return found.concat(words(each.dataset.records)); }, all);
    }, []);
  }

  function says(way) {
    var node = way[way.length - 1].node;
    var own = node.querySelectorAll(":scope > :is(.alarm-line, .told, .claim, .awaited)");
    var ticked = tickedBefore(way);
    function isOfTicked(part) { return ticked.indexOf(part.dataset.record) >= 0; }
    var parts = Array.prototype.map.call(own, copyOf);
    var isAlarm = function (part) { return part.classList.contains("alarm-line"); };
    var first = parts.filter(function (part) { return isAlarm(part) || isOfTicked(part); });
    var rest = parts.filter(function (part) { return first.indexOf(part) < 0; });
    return first.concat(rest, toldOf(diseaseOf(way), words(node.dataset.tells)));
  }

  /* A checklist has boxes to tick and one button, in two parts: the first ticked item that leads somewhere leads there. */
  function checklist(way) {
    var node = way[way.length - 1].node;
    var form = make("form", { class: "checklist", id: "checklist" });
    var goOn = make("button", { type: "submit", form: "checklist" });
    var leading = [];
    delete ticks[address(way)];
    node.querySelectorAll(".items li").forEach(function (item, index) {
      var line = form.appendChild(make("p", { class: "check" }));
      var box = line.appendChild(make("input", { type: "checkbox", id: "check-" + index }));
      line.appendChild(make("label", { for: box.id }, item.querySelector(".item").textContent));
      var backing = item.querySelector(".backing");
      if (backing.textContent.trim()) {
        var folded = line.appendChild(make("details", { class: "backing" }));
        folded.appendChild(make("summary", { "aria-label": "Sources: " + item.querySelector(".item").textContent }, "Sources"));
        folded.appendChild(copyOf(backing));
      }
      if (item.querySelector("a.way")) leading.push(box);
    });
    var last = targets(node).length - 1;
    function ticked() { return leading.findIndex(function (box) { return box.checked; }); }
    function name() { goOn.textContent = ticked() >= 0 ? "Go on" : targets(node)[last].text; }
    form.addEventListener("change", name);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ticks[address(way)] = Array.prototype.map.call(form.querySelectorAll("input"), function (box) { return box.checked; });
      choose(way, ticked() >= 0 ? ticked() : last);
    });
    name();
    var choices = make("p", { class: "choices" });
    choices.appendChild(goOn);
    return [form, choices];
  }

  function choices(way) {
    var list = make("p", { class: "choices" });
    var found = openTargets(way);
    found.forEach(function (target) {
      list.appendChild(button(target.text, function () { choose(way, target.index); }));
    });
    if (found.length > 6) list.classList.add("many");
    return list;
  }

  /* The checks that were passed, and what a specialist decided where nothing is cited: what was answered, and of each item whether it was ticked, as far as that is known. */
  function checksOf(way) {
    var list = make("ul", { class: "checks" });
    way.slice(0, -1).forEach(function (step, index) {
      var states = ticks[address(way.slice(0, index + 1))] || [];
      var answer = way[index + 1].answer;
      var isDecided = step.node.classList.contains("none");
      if (!(isDecided || step.node.dataset.kind === "checklist") || !(answer || states.length)) return;
      var item = list.appendChild(make("li", {}, labelOf(step.node) + answered(answer, labelOf(step.node))));
      [["Ticked: ", true], ["Not ticked: ", false]].forEach(function (state) {
        var labels = itemsOf(step.node).filter(function (each, number) { return states[number] === state[1]; });
        if (!labels.length) return;
        var line = item.appendChild(make("div", { class: "checked" }));
        line.appendChild(make("strong", {}, state[0]));
        line.append(labels.join("; "));
      });
    });
    return list;
  }

  /* The card at the end: what is told of the disease, the checks, and the harms to watch for. */
  function cardOf(way) {
    var card = make("section", { class: "way-card", "aria-label": "Card of this way" });
    var node = way[way.length - 1].node;
    var disease = diseaseOf(way);
    var ifTold = words(holder.dataset.ifTold);
    var isNegative = node.dataset.negative !== undefined;
    var shown = words(holder.dataset.card).filter(function (question) {
      return ifTold.indexOf(question) < 0 || (!isNegative && hasTold(way, question));
    });
    var isGiven = ifTold.every(function (question) { return shown.indexOf(question) >= 0; });
    if (disease) card.appendChild(copyOf(disease.querySelector(".disease-name")));
    card.appendChild(make("p", { class: "standing" }, document.querySelector(".standing").textContent.replace(/\s+/g, " ").trim()));
    toldOf(disease, shown).forEach(function (told) { card.appendChild(told); });
    var checks = checksOf(way);
    if (checks.children.length) {
      card.appendChild(make("p", { class: "card-title" }, "Asked on this way"));
      card.appendChild(checks);
    }
    if (isGiven) {
      var harms = copyOf(sectionOf("card--harms"));
      harms.removeAttribute("id");
      card.appendChild(harms);
    }
    var awaited = disease && disease.querySelector(":scope > .awaited");
    if (awaited) card.appendChild(copyOf(awaited));
    return card;
  }

  function show(focus) {
    var way = readWay();
    var node = way[way.length - 1].node;
    var isEnd = node.dataset.kind === "outcome";
    var isUrgent = node.classList.contains("urgent");
    holder.textContent = "";
    if (way.length > 1) holder.appendChild(trailOf(way));
    var current = holder.appendChild(make("div", { class: "current" + (isUrgent ? " urgent" : ""), role: "group", "aria-live": "polite" }));
    var label = current.appendChild(make("p", { class: "question", tabindex: "-1" }, labelOf(node)));
    /* What asks for an alarm sign or a contraindication comes before what is to be read, its button after that: the button
       is stuck to the foot of the screen within what follows the boxes, so that it never lies over one that was not seen. */
    var ticks = node.dataset.kind === "checklist" ? checklist(way) : [];
    var asksFirst = node.querySelector(".items a.way");
    if (asksFirst) current.appendChild(ticks[0]);
    var after = asksFirst ? current.appendChild(make("div", { class: "after" })) : current;
    says(way).concat(asksFirst ? ticks[1] : ticks).forEach(function (part) { after.appendChild(part); });
    if (isEnd) {
      current.appendChild(make("p", { class: "end" })).appendChild(make("strong", {}, "Here the path ends."));
      if (!isUrgent) current.appendChild(cardOf(way));
    }
    if (!ticks.length && targets(node).length) current.appendChild(choices(way));
    if (way.length > 1) {
      var tools = holder.appendChild(make("p", { class: "tools" }));
      tools.appendChild(button("Back", function () { go(way.slice(0, -1)); }));
      tools.appendChild(button("Start again", function () { go(way.slice(0, 1)); }));
      tools.appendChild(button(isEnd ? "Print the card" : "Print this way", function () { window.print(); }));
      if (navigator.clipboard && window.isSecureContext) tools.appendChild(copyButton());
    }
    if (focus) {
      label.focus({ preventScroll: true });
      holder.scrollIntoView();
    }
  }

  function copyButton() {
    var made = button("Copy its address", function () {
      navigator.clipboard.writeText(location.href).then(
        function () { made.textContent = "Copied"; },
        function () { made.textContent = "Not copied"; }
      );
    });
    return made;
  }

  /* Paper has the way, each step with the answer given, then what the screen shows, and where it is found again. */
  function addPrinted() {
    var printed = holder.appendChild(make("div", { class: "printed-way" }));
    var way = readWay();
    var list = printed.appendChild(make("ol"));
    way.slice(0, -1).forEach(function (step, index) {
      list.appendChild(make("li", {}, labelOf(step.node) + answered(way[index + 1].answer, labelOf(step.node))));
    });
    printed.appendChild(make("p", {}, location.href));
  }

  window.addEventListener("beforeprint", addPrinted);
  window.addEventListener("afterprint", function () {
    holder.querySelectorAll(".printed-way").forEach(function (each) { each.remove(); });
  });
  window.addEventListener("hashchange", function () {
    if (!isLed || location.hash.length < 6) ticks = {};
    isLed = false;
    if (location.hash === "" || /^#way=/.test(location.hash)) show(true);
  });
  sections.hidden = true;
  /* An answer that was tapped before this script was there: its address is that of a section. */
  var tapped = targets(first).findIndex(function (target) { return location.hash === "#node--" + target.name; });
  if (tapped >= 0) history.replaceState(null, "", address(readWay().concat({ node: nodeOf(targets(first)[tapped].name), choice: tapped })));
  show(/^#way=/.test(location.hash));
})();
