// The page: shows an item, takes a verdict by key or button, shows the next at once, and tells the desk behind that.

import { ask, open } from "./ask.js";
import { keyList, moveButtons, verdictButtons } from "./bars.js";
import { reasonFields, typedNow } from "./fields.js";
import { articleOf, make } from "./item.js";
import { beginning, ending, lines, readerOf, refusal, signing } from "./panels.js";
import { VERDICTS, labelOf, mayJudge, meaningOf, moved, nextOpen } from "./queue.js";

const at = id => document.getElementById(id);
let items = [];
let given = new Map();
let drafts = new Map();
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

/** Hold what was typed of the item that is shown: with its verdict, if it has one, else until it has. */
function hold() {
  const now = typedNow();
  if (!now) return;
  drafts.set(place, now);
  const known = given.get(place);
  if (known && known.note !== now.note) give({ ...known, note: now.note });
}

function go(number, words = "") {
  hold();
  if (number !== place || at("note") === null) came = performance.now();
  place = number;
  at("main").replaceChildren(articleOf(items[number], number, items.length, drafts.get(number) || given.get(number)));
  showBars(true);
  drawState();
  at("note").addEventListener("keydown", typed);
  reasonFields().forEach(field => field.addEventListener("keydown", typed));
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
    event.preventDefault();
    const before = event.target.dataset.before;
    if (before && !event.target.value.trim()) {
      event.target.value = before;
      event.target.dispatchEvent(new Event("input"));
      tell("Taken over: press Enter again to agree with it as your reason.");
    } else if (event.target.classList.contains("reason")) judge("agreed");
    else if (given.has(place)) go(place, "Noted. ");
    else {
      at("heading").focus();
      tell("The note is held, and counts with a verdict.");
    }
  }
}

/** Take a verdict on the item that is shown, and go on to the next open one. */
function judge(verdict) {
  if (!mayJudge(came, performance.now())) {
    tell("Not taken: this item has only just come.");
    return;
  }
  const number = place;
  const lacking = verdict === "agreed" && reasonFields().find(field => !field.value.trim());
  if (lacking) {
    lacking.focus();
    tell("Say why the difference is right, then press Enter.");
    return;
  }
  const { note, reasons } = typedNow();
  give({ number, verdict, note, reasons: verdict === "agreed" ? reasons : [] });
  goOn(`${labelOf(verdict)}. `);
}

/** Keep what was said of an item, and tell the desk; if that refuses, show the item again and why. */
function give(one) {
  const { number } = one;
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
}

function undo() {
  const number = order.pop();
  if (number === undefined) {
    tell("Nothing to undo.");
    return;
  }
  hold();
  drafts.set(number, drafts.get(number) || given.get(number));
  given.delete(number);
  ask("withdraw", { number }).catch(fail);
  go(number, "Undone. ");
}

/** Show something else than an item, and say its title. */
function showPanel(title, ...parts) {
  hold();
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
  at("check").disabled = true;
  tell("Checking whether it counts …");
  try {
    const found = await ask("check");
    if (found.refused) {
      showPanel(...refusal(found.refused, load));
    } else if (found.revealed) {
      const first = items.length;
      items = [...items, ...found.revealed];
      order = [];
      at("main").replaceChildren();
      go(first, "You found what was changed on purpose. Here it is as it stands. ");
    } else showPanel(...signing(found, known.by, finish));
  } catch (error) {
    at("check").disabled = false;
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
  drafts = new Map();
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
  const typing = event.target.matches("input:not([type=checkbox]), textarea") || at("help").open;
  const meaning = ended || !items.length ? "" : meaningOf(event, typing, at("keys-on").checked);
  if (!meaning || (meaning === "main" && event.target.closest("button, a, summary, input"))) return;
  event.preventDefault();
  act(meaning);
}

/** Do what a key or a button means; before and behind the items only what leads to them means something. */
function act(meaning) {
  const shown = at("note") !== null;
  if (!shown && !["before", "undo", "help", "main", at("begin") ? "next" : ""].includes(meaning)) return;
  if (meaning === "next") go(shown ? moved(items.length, place, 1) : place);
  else if (meaning === "before") go(shown ? moved(items.length, place, -1) : place);
  else if (meaning === "undo") undo();
  else if (meaning === "note") at("note").focus();
  else if (meaning === "main") document.querySelector("main .main")?.click();
  else if (meaning === "help") at("help").showModal();
  else if (meaning === "passages") {
    const folds = [...document.querySelectorAll(".beside .claim > details")];
    const opened = folds.some(fold => !fold.open);
    folds.forEach(fold => { fold.open = opened; });
  } else judge(meaning);
}

async function start() {
  at("verdicts").replaceChildren(...verdictButtons(judge));
  at("moves").replaceChildren(...moveButtons(act, goOn));
  at("keys").replaceChildren(...keyList());
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
