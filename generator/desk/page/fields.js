// What a reader writes: a note, and reasons. One line each, of a length that is counted as it is typed.

import { make } from "./item.js";

const MOST = 300;

/** A label, its field, and how much of it is taken; `settings` are those of the field. */
export function fieldOf(id, label, value, settings, ...between) {
  const count = make("small", { className: "count", id: `${id}-count` });
  const field = make("textarea", { id, rows: 2, maxLength: MOST, value, defaultValue: value, "aria-describedby": count.id, ...settings });
  const show = () => {
    const taken = field.value.length;
    count.textContent = `${taken} of ${MOST} characters${taken < MOST ? "" : ": no more fits"}`;
  };
  field.addEventListener("input", show);
  show();
  return make("div", {}, make("label", {}, label, ...between, field), count);
}

function line(field) {
  return field.value.replace(/\s+/g, " ").trim();
}

export function reasonFields() {
  return [...document.querySelectorAll(".reason")];
}

/** What stands in the fields of the item that is shown; null if none is shown. */
export function typedNow() {
  const note = document.querySelector("#note");
  return note && { note: line(note) || null, reasons: reasonFields().map(line) };
}
