// The page: shows an item, takes a verdict by key or button, shows the next at once, and tells the desk behind that.

import { ask, open } from "./ask.js";
import { articleOf, make } from "./item.js";
import { beginning, ending, lines, readerOf, refusal, signing } from "./panels.js";
import { VERDICTS, labelOf, mayJudge, meaningOf, moved, nextOpen } from "./queue.js";

const at = id => document.getElementById(id);
let items = [];
let given = new Map();
let order = [];
let place = 0;
let came = 0;
let known = {};
let ended = false;

function tell(words) {
  at("said").textContent = words;
}

function fail(error) {
  at("wrong").textContent = error.message;
}

function button(name, label, keys, act, more = {}) {
  const shortcuts = keys ? { "aria-keyshortcuts": keys } : {};
  return make("button", { type: "button", id: name, onclick: act, ...shortcuts, ...more }, ...label);
}

function drawButtons() {
  at("verdicts").replaceChildren(...VERDICTS.map(({ key, name, label, says }) =>
    button(`as-${name}`, [make("kbd", {}, key), ` ${label}`, make("small", {}, says)], key, () => judge(name), { className: "verdict" })));
  at("moves").replaceChildren(
    button("before", ["Previous"], "k ArrowLeft", () => act("before")),
    button("next", ["Next"], "j ArrowRight", () => act("next")),
    button("undo", ["Undo"], "u", () => act("undo")),
    button("finish", ["Next open"], "", () => goOn()),
    button("show-help", ["Keys"], "?", () => act("help")));
}

function showBars(shown) {
  at("verdicts").hidden = at("moves").hidden = !shown;
}

function drawState() {
  at("position").textContent = `${given.size} of ${items.length} answered`;
  at("progress").max = items.length;
  at("progress").value = given.size;
  const verdict = given.get(place)?.verdict;
  VERDICTS.forEach(({ name }) => at(`as-${name}`).setAttribute("aria-pressed", String(name === verdict)));
  at("finish").textContent = given.size === items.length ? "End" : "Next open";
}

/** Go to the next open item after a place, or to the end if none is. */
function goOn(words = "", from = place) {
  const next = nextOpen(items.length, given, from);
  if (next < 0) showEnd(words);
  else go(next, words);
}

function go(number, words = "") {
  if (number !== place || at("note") === null) came = performance.now();
  place = number;
  at("main").replaceChildren(articleOf(items[number], number, items.length, given.get(number)));
  showBars(true);
  drawState();
  at("note").addEventListener("keydown", typed);
  document.querySelectorAll(".reason").forEach(field => field.addEventListener("keydown", typed));
  scrollTo(0, 0);
  at("heading").focus({ preventScroll: true });
  const verdict = given.get(number);
  tell(`${words}${number + 1} of ${items.length}${verdict ? `: ${labelOf(verdict.verdict)}` : ""}`);
}

function typed(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    event.target.value = event.target.defaultValue;
    at("heading").focus();
  } else if (event.key === "Enter") {
    if (event.target.classList.contains("reason")) judge("agreed");
    else if (given.has(place)) judge(given.get(place).verdict, false);
    else at("heading").focus();
  }
}

/** Take a verdict on the item that is shown, and go on to the next open one. */
function judge(verdict, onward = true) {
  if (!mayJudge(came, performance.now())) {
    tell("Not taken: this item has only just come.");
    return;
  }
  const number = place;
  const fields = [...document.querySelectorAll(".reason")];
  const lacking = verdict === "agreed" && fields.find(field => !field.value.trim());
  if (lacking) {
    lacking.focus();
    tell("Say why the difference is right, then press Enter.");
    return;
  }
  const reasons = verdict === "agreed" ? fields.map(field => field.value.trim()) : [];
  const one = { number, verdict, note: at("note").value.trim() || null, reasons };
  const before = given.get(number);
  given.set(number, one);
  order = [...order.filter(each => each !== number), number];
  at("wrong").textContent = "";
  ask("answer", one).catch(error => {
    if (before) given.set(number, before);
    else given.delete(number);
    go(number);
    fail(error);
  });
  if (onward) goOn(`${labelOf(verdict)}. `);
  else go(number, "Noted. ");
}

function undo() {
  const number = order.pop();
  if (number === undefined) {
    tell("Nothing to undo.");
    return;
  }
  given.delete(number);
  ask("withdraw", { number }).catch(fail);
  go(number, "Undone. ");
}

/** Show something else than an item, and say its title. */
function showPanel(title, ...parts) {
  const heading = make("h2", { tabIndex: -1, id: "heading" }, title);
  at("main").replaceChildren(make("article", { id: "item", className: "panel" }, heading, ...parts));
  showBars(!ended);
  at("verdicts").hidden = true;
  drawState();
  heading.focus();
  tell(title);
}

function showEnd(words = "") {
  const open = items.length - given.size;
  showPanel(...ending(items, given, go, check));
  tell(`${words}${open ? `${open} open` : "All is answered."}`);
}

async function check() {
  try {
    const found = await ask("check");
    if (found.refused) {
      showPanel(...refusal(found.refused, load));
    } else if (found.revealed) {
      const first = items.length;
      items = [...items, ...found.revealed];
      order = [];
      go(first, "You found what was changed on purpose. Here it is as it stands. ");
    } else showPanel(...signing(found, known.by, finish));
  } catch (error) {
    fail(error);
  }
}

async function finish(declared) {
  try {
    const { done } = await ask("end", declared);
    ended = true;
    showPanel("Ended", lines(done), make("p", {}, "This page can be closed."));
  } catch (error) {
    fail(error);
  }
}

async function load() {
  known = await ask("queue");
  items = known.items;
  given = new Map(known.given.map(one => [one.number, one]));
  order = [...given.keys()];
  at("record").textContent = `${known.record}: review desk`;
  at("reader").textContent = readerOf(known);
  document.title = `${known.record}: review desk`;
  if (!items.length) {
    showPanel("Nothing can be shown", lines(known.unshown));
    return;
  }
  place = 0;
  if (given.size) goOn("Going on where you stopped. ", items.length - 1);
  else showPanel(...beginning(known, at("on-purpose").textContent, () => act("next")));
  if (known.unshown.length) fail(new Error(`Not shown: ${known.unshown.join("; ")}`));
}

function pressed(event) {
  const typing = event.target.matches("input:not([type=checkbox])") || at("help").open;
  const meaning = ended || !items.length ? "" : meaningOf(event, typing, at("keys-on").checked);
  if (!meaning) return;
  event.preventDefault();
  act(meaning);
}

/** Do what a key or a button means; before and behind the items only what leads to them means something. */
function act(meaning) {
  const shown = at("note") !== null;
  if (!shown && !["before", "undo", "help", at("begin") ? "next" : ""].includes(meaning)) return;
  if (meaning === "next") go(shown ? moved(items.length, place, 1) : place);
  else if (meaning === "before") go(shown ? moved(items.length, place, -1) : place);
  else if (meaning === "undo") undo();
  else if (meaning === "note") at("note").focus();
  else if (meaning === "help") at("help").showModal();
  else if (meaning === "passages") {
    const folds = [...document.querySelectorAll(".beside details")];
    const opened = folds.some(fold => !fold.open);
    folds.forEach(fold => { fold.open = opened; });
  } else judge(meaning);
}

async function start() {
  drawButtons();
  const told = [...VERDICTS.map(({ key, label, says }) => [key, `${label}: ${says}`]),
    ["n", "Note; Enter keeps it"], ["j →", "Next"], ["k ←", "Previous"], ["p", "Passages of an answer's claims"], ["u", "Undo the last verdict"], ["?", "This list"]];
  at("keys").replaceChildren(...told.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]));
  at("close-help").addEventListener("click", () => at("help").close());
  document.addEventListener("keydown", pressed);
  try {
    await open();
    await load();
  } catch (error) {
    fail(error);
  }
}

start();
