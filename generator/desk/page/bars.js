// The buttons below an item, and the list of all keys.

import { make } from "./item.js";
import { VERDICTS } from "./queue.js";

function button(name, label, keys, act, more = {}) {
  const shortcuts = keys ? { "aria-keyshortcuts": keys } : {};
  return make("button", { type: "button", id: name, onclick: act, ...shortcuts, ...more }, ...label);
}

export function verdictButtons(judge) {
  return VERDICTS.map(({ key, name, label, says }) =>
    button(`as-${name}`, [make("kbd", {}, key), ` ${label}`, make("small", {}, says)], key, () => judge(name), { className: "verdict" }));
}

export function moveButtons(act, goOn) {
  return [
    button("before", ["Previous"], "k ArrowLeft", () => act("before")),
    button("next", ["Next"], "j ArrowRight", () => act("next")),
    button("undo", ["Undo"], "u", () => act("undo")),
    button("finish", ["Next open"], "", () => goOn()),
    button("show-help", ["Keys"], "?", () => act("help")),
  ];
}

export function keyList() {
  const told = [...VERDICTS.map(({ key, label, says }) => [key, `${label}: ${says}`]),
    ["n", "Note; Enter keeps it"], ["j →", "Next"], ["k ←", "Previous"], ["p", "Passages of an answer's claims"], ["u", "Undo the last verdict"],
    ["Enter", "Before and behind the items: go on"], ["?", "This list"]];
  return told.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]);
}
