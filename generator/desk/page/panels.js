// What is shown before and behind the items, as elements: a title, and the parts below it.

import { make } from "./item.js";
import { counted, labelOf, unsettled } from "./queue.js";

function pressed(id, words, act) {
  return make("p", {}, make("button", { type: "button", id, className: "main", onclick: act }, ...words));
}

export function lines(texts) {
  return make("ul", {}, ...texts.map(text => make("li", {}, text)));
}

/** Whose review it is, and why none can come of it. */
export function readerOf({ by, no_standing: why }) {
  return `${by ? `Reader: ORCID iD ${by}` : "Reader without a name"}.${why ? ` No review can come of this: ${why}.` : ""}`;
}

/** What a reader is told beforehand: of what can come of it, what is missing, and what was changed on purpose. */
export function beginning(known, onPurpose, begin) {
  const asked = "Does it say the same: no more, no less, of the same patients, compared with the same?";
  return ["Before you begin",
    make("p", {}, `${known.items.length} answers and claims, each beside what it rests on. ${asked}`),
    make("p", {}, readerOf(known), known.no_standing ? " What you find is kept as comparisons all the same." : null),
    ...(known.unshown.length ? [make("p", {}, "These claims cannot be shown, as their passages are not at hand:"), lines(known.unshown)] : []),
    make("p", {}, onPurpose),
    pressed("begin", [make("kbd", {}, "j"), " Begin"], begin)];
}

/** How many items have each verdict, and a way back to each that was not agreed to. */
export function ending(items, given, go, check) {
  const counting = unsettled(items, given);
  const doubted = [...counting.values()].filter(({ verdict }) => verdict !== "agreed");
  return ["All is answered",
    make("p", {}, counted(counting).map(({ label, count }) => `${label}: ${count}`).join(", ")),
    ...doubted.map(({ number, verdict }) => make("p", {},
      make("button", { type: "button", onclick: () => go(number) },
        `${labelOf(verdict)}: ${items[number].heading}, ${number + 1} of ${items.length}`))),
    pressed("check", [make("kbd", {}, "Enter"), " Check whether it counts"], check)];
}

export function refusal(missed, again) {
  return ["This round does not count",
    make("p", {}, "These claims were changed on purpose, and agreed to. Nothing was written. The next round has others."),
    lines(missed),
    pressed("again", ["Read again"], again)];
}

/** What the reader declares, if the review gives a standing; else why it gives none. `end` takes what was declared. */
export function signing(found, by, end) {
  const stands = found.agreed && !found.no_standing;
  const interests = make("input", { type: "text", id: "interests", maxLength: 200, required: true, autocomplete: "off" });
  const other = make("input", { type: "checkbox", id: "not-author" });
  const declared = review => ({ interests: review ? interests.value.trim() || null : null, not_author: other.checked, review });
  const form = stands
    ? [make("p", {}, `You agreed to all. The record is then reviewed by ${by}.`),
      make("label", {}, "Your interests in what it is about: “none”, or which", interests),
      make("label", { className: "tick" }, other, " I wrote no part of this record")]
    : [make("p", {}, `What was found will be kept as comparisons. It is no review of the record: ${found.no_standing || "not all was agreed to"}.`)];
  const ways = stands
    ? [pressed("end", ["Sign and end"], () => end(declared(true))),
      make("p", {}, make("button", { type: "button", id: "keep", onclick: () => end(declared(false)) }, "Keep it, no review"))]
    : [pressed("end", ["Keep and end"], () => end(declared(false)))];
  return ["It counts", ...form, ...ways];
}
