/* The page of doses: one disease at a time, grams and volumes for a body weight, a result to print. The regimens stand
   on the page; nothing else is known here. Plain JavaScript, no other file. */
(function () {
  "use strict";

  var POUND = 0.45359237;

  function number(text) { return parseFloat(text.replace(",", ".")); }

  /* A weight as people type it; pounds are refused with what they are in kg. */
  function readWeight(text) {
    var typed = /^(\d+(?:[.,]\d+)?)\s*([a-z.]*)$/i.exec(text.trim());
    if (text.trim() === "") return { error: "Enter a weight in kg." };
    if (typed && /^(lbs?|pounds?)\.?$/i.test(typed[2])) {
      return { error: "Enter the weight in kg: " + number(typed[1]) + " lb are " + pounds(number(typed[1])) + " kg." };
    }
    if (!typed || !/^((kgs?|kilos?|kilograms?|kilogrammes?)\.?)?$/i.test(typed[2])) {
      return { error: "Enter the weight as a number in kg, such as 70 or 70.5." };
    }
    var weight = number(typed[1]);
    if (weight < 1 || weight > 300) return { error: "Enter a weight from 1 to 300 kg." };
    return { weight: weight };
  }

  function pounds(weight) { return Math.round(weight * POUND * 10) / 10; }

  function round(grams) {
    var scaled = Math.round((grams + 1e-9) * 10) / 10;
    return scaled >= 10 ? Math.floor(grams + 0.5 + 1e-9) : scaled;
  }

  function hundredths(grams) { return Math.round((grams + 1e-9) * 100) / 100; }

  function range(low, high, unit) {
    return (low === high ? String(low) : low + "\u2013" + high) + " " + unit;
  }

  /* A number stays on the line of its unit. */
  function joined(words) { return words.replace(/(\d) (?=[a-z%])/g, "$1\u00a0"); }

  /* So many grams, before rounding too where that changes them, and the volume that holds them at each concentration
     (grams in 100 ml). */
  function amount(low, high, what, concentrations) {
    var a = round(low), b = round(high);
    var volumes = concentrations.map(function (concentration) {
      return range(Math.round(a * 100 / concentration), Math.round(b * 100 / concentration), "ml") + " at " + concentration + " %";
    });
    var shown = range(a, b, "g"), full = range(hundredths(low), hundredths(high), "g");
    return (full === shown ? "" : full + ", rounded ") + shown + " " + what + (volumes.length ? ": " + volumes.join(", ") : "");
  }

  function computeDose(regimen, weight, concentrations) {
    var amounts = regimen.amount.split("-").map(Number);
    var factor = Number(regimen.factor) * weight;
    var low = amounts[0] * factor, high = amounts[amounts.length - 1] * factor;
    var lines = [regimen.amount.replace("-", "\u2013") + " " + regimen.unit + " \u00d7 " + weight + " kg = " +
      amount(low, high, regimen.period, concentrations)];
    if (!regimen.days) return lines;
    var days = regimen.days.split("-").map(Number);
    var over = "over " + regimen.days.replace("-", "\u2013") + (regimen.days === "1" ? " day " : " days ");
    if (regimen.daily !== undefined) {
      return lines.concat(over + amount(low * days[0], high * days[days.length - 1], "in all", concentrations));
    }
    return lines.concat(over + amount(low / days[days.length - 1], high / days[0], "each day", concentrations));
  }

  function today() {
    var date = new Date();
    function two(part) { return (part < 10 ? "0" : "") + part; }
    return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  }

  function setUp(form) {
    var disease = document.getElementById("disease");
    var field = document.getElementById("weight");
    var volumes = document.getElementById("volumes");
    var error = document.getElementById("weight-error");
    var result = document.getElementById("weight-result");
    var line = result.querySelector(".result-line");
    var grams = result.querySelector(".result-grams");
    var print = document.getElementById("print-doses");
    var sections = Array.prototype.slice.call(document.querySelectorAll(".topic-doses"));
    var list = document.querySelector(".topics");
    var computed = null;

    function anchorOf(section) { return section.querySelector("h2").id; }

    function show(anchor) {
      sections.forEach(function (section) { section.hidden = anchor !== "all" && anchorOf(section) !== anchor; });
      list.hidden = anchor !== "";
    }

    /* The disease stands in the address, so that it can be sent and kept. */
    function choose(anchor) {
      disease.value = anchor;
      show(anchor);
      if (computed) compute();
    }

    function readAddress() {
      var target = location.hash && document.getElementById(location.hash.slice(1));
      var section = target && target.closest(".topic-doses");
      if (!section) return;
      choose(anchorOf(section));
      target.scrollIntoView();
    }

    function clear() {
      computed = null;
      line.textContent = grams.textContent = "";
      print.hidden = true;
      document.querySelectorAll(".regimen .grams").forEach(function (line) { if (line.closest("[data-amount]")) line.textContent = ""; });
      document.querySelectorAll(".weight-note").forEach(function (note) { note.hidden = true; });
    }

    function fill(weight) {
      var wanted = volumes && volumes.checked ? form.dataset.concentrations.split(" ").map(Number) : [];
      document.querySelectorAll(".regimen[data-amount]").forEach(function (regimen) {
        var line = regimen.querySelector(".grams");
        computeDose(regimen.dataset, weight, wanted).forEach(function (words) {
          line.appendChild(document.createElement("span")).textContent = joined(words);
        });
      });
      document.querySelectorAll(".weight-note").forEach(function (note) {
        note.hidden = weight < Number(note.dataset.from || 0) || weight >= Number(note.dataset.below || Infinity);
      });
      document.querySelectorAll(".pounds").forEach(function (words) {
        words.textContent = "Is that pounds? " + weight + " lb are " + pounds(weight) + " kg.";
      });
    }

    /* What sources lean against first, then the grams of each regimen, which lead to its words: with its role, patients,
       marks and passages, and what is asked of the weight. */
    function addGrams(section) {
      section.querySelectorAll(".against").forEach(function (words) { grams.appendChild(words.cloneNode(true)); });
      var list = grams.appendChild(document.createElement("ul"));
      section.querySelectorAll(".regimen[data-amount]").forEach(function (regimen) {
        var item = list.appendChild(document.createElement("li"));
        var link = item.appendChild(document.createElement("a"));
        var lines = Array.prototype.map.call(regimen.querySelectorAll(".grams span"), function (each) { return each.textContent; });
        link.href = "#" + regimen.id;
        link.textContent = lines.join("; ");
        regimen.querySelectorAll(":is(.role, .population, .sources .mark, .passage)").forEach(function (each) { item.append(" ", each.cloneNode(true)); });
        regimen.querySelectorAll(".weight-note:not([hidden])").forEach(function (note) {
          item.appendChild(document.createElement("span")).className = "asked";
          item.lastChild.append.apply(item.lastChild, note.cloneNode(true).childNodes);
        });
      });
    }

    function compute() {
      var read = disease.value ? readWeight(field.value) : { error: "Choose a disease first." };
      clear();
      error.textContent = read.error || "";
      (disease.value ? field : disease).setAttribute("aria-invalid", read.error ? "true" : "false");
      if (read.error) return;
      disease.setAttribute("aria-invalid", "false");
      computed = read.weight;
      fill(computed);
      print.hidden = false;
      line.textContent = (disease.value === "all" ? "All diseases" : disease.selectedOptions[0].textContent) + ", " +
        joined(computed + " kg. ") + "Multiplication of cited regimens; not advice.";
      line.appendChild(document.createElement("span")).className = "printed-on";
      sections.filter(function (section) { return anchorOf(section) === disease.value; }).forEach(addGrams);
    }

    form.hidden = false;
    disease.addEventListener("change", function () {
      history.replaceState(null, "", disease.value && disease.value !== "all" ? "#" + disease.value : location.pathname + location.search);
      choose(disease.value);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      compute();
      if (!computed) return;
      result.focus({ preventScroll: true });
      result.scrollIntoView();
    });
    if (volumes) volumes.addEventListener("change", function () { if (computed) compute(); });
    print.addEventListener("click", function () { window.print(); });
    window.addEventListener("hashchange", readAddress);
    /* Paper has the date, and every disease where none was chosen. */
    window.addEventListener("beforeprint", function () {
      if (!disease.value) show("all");
      document.querySelectorAll(".printed-on").forEach(function (words) { words.textContent = " Printed on " + today() + "."; });
    });
    window.addEventListener("afterprint", function () { show(disease.value); });
    clear();
    show("");
    readAddress();
  }

  var form = document.getElementById("weight-form");
  if (form) setUp(form);
})();
