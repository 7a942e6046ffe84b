// Which item is next and how a review stands: plain values in, plain values out.

export const VERDICTS = [
  { key: "a", name: "agreed", label: "Agreed", says: "says the same" },
  { key: "o", name: "overstated", label: "Overstated", says: "says more" },
  { key: "s", name: "understated", label: "Understated", says: "says less" },
  { key: "c", name: "unclear", label: "Unclear", says: "cannot be told" },
  { key: "w", name: "wrong", label: "Wrong", says: "says something else" },
];

/** The next item without a verdict after a place, round to the first; -1 if none is open. */
export function nextOpen(total, given, from) {
  for (let step = 1; step <= total; step += 1) {
    const number = (from + step) % total;
    if (!given.has(number)) return number;
  }
  return -1;
}

/** The item that a move leads to; at an end it stays. */
export function moved(total, from, by) {
  return Math.min(Math.max(from + by, 0), total - 1);
}

/** What was said of all items but those that were changed on purpose and are shown again as they are. */
export function unsettled(items, given) {
  const again = new Set(items.filter(item => item.was).map(item => item.id));
  return new Map([...given].filter(([number]) => items[number].was || !again.has(items[number].id)));
}

/** How many items have each verdict, in the order of the verdicts. */
export function counted(given) {
  const found = [...given.values()];
  return VERDICTS.map(({ name, label }) => ({ label, count: found.filter(one => one.verdict === name).length }))
    .filter(({ count }) => count > 0);
}

export function labelOf(name) {
  return VERDICTS.find(verdict => verdict.name === name).label;
}

/** Milliseconds for which a new item takes no verdict: less than anybody needs to read it, more than a slip of a finger. */
const UNREAD = 400;

/** Whether an item that came at some time has been there long enough for a verdict. */
export function mayJudge(came, now) {
  return now - came >= UNREAD;
}

/** What a key means here; nothing while something is typed, while it is held down, or together with another key. */
export function meaningOf(event, typing, on) {
  if (!on || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return "";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const verdict = VERDICTS.find(each => each.key === key);
  if (verdict) return verdict.name;
  const others = { ArrowRight: "next", j: "next", ArrowLeft: "before", k: "before", Enter: "main", n: "note", u: "undo", p: "passages", "?": "help" };
  return others[key] || "";
}
