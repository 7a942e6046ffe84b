/* Fields of a form made of its description: each can be read, filled, and found by the keys that lead to it. No rule, and
   nothing that is sent, is known here. */
class ProposalFields {
  /**
   * @param {(name: string, ...values: (string | number)[]) => string} say the words of the form
   * @param {(field: ProposalField) => string} listOf the id of the list of suggestions for a field; none if it is empty
   */
  constructor(say, listOf) {
    this.say = say;
    this.listOf = listOf;
    this.count = 0;
  }

  name() {
    this.count += 1;
    return `proposal-${this.count}`;
  }

  /**
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  any(field) {
    if (field.type === "group") return this.group(field);
    if (field.type === "variants") return this.variants(field);
    if (field.type === "pair") return this.pair(field);
    if (field.type === "list" && !field.lines) return field.of.type === "select" ? this.ticks(field) : this.list(field);
    return field.type === "select" || field.type === "flag" ? this.choice(field) : this.line(field);
  }

  /**
   * The label of a field, what it asks for, the field, and a place to say what is wrong.
   * @param {ProposalField} field
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} input
   */
  labelled(field, input) {
    const element = Elements.make("div", { class: "field-of-proposal" });
    const id = input.id = this.name();
    const label = Elements.make("label", { for: id }, field.label);
    const error = Elements.make("p", { class: "error", id: `${id}-error` });
    if (!field.required && !field.depends) this.addOptional(label);
    element.append(label);
    if (field.help) element.append(Elements.make("p", { class: "help", id: `${id}-help` }, field.help));
    input.setAttribute("aria-describedby", `${field.help ? `${id}-help ` : ""}${error.id}`);
    if (field.required) input.setAttribute("aria-required", "true");
    element.append(input, error);
    return { element, error, input, focus: () => ({ input, error }) };
  }

  /** @param {HTMLElement} label */
  addOptional(label) {
    label.append(" ", Elements.make("span", { class: "optional" }, `(${this.say("optional")})`));
  }

  /**
   * A frame around fields that belong together.
   * @param {{ label: string, help?: string, required: boolean, depends?: boolean }} field
   */
  boxed(field) {
    const element = Elements.make("fieldset");
    const id = this.name();
    const legend = element.appendChild(Elements.make("legend", {}, field.label));
    const error = Elements.make("p", { class: "error", id: `${id}-error` });
    if (!field.required && !field.depends) this.addOptional(legend);
    if (field.help) element.append(Elements.make("p", { class: "help", id: `${id}-help` }, field.help));
    element.setAttribute("aria-describedby", `${field.help ? `${id}-help ` : ""}${error.id}`);
    const inside = element.appendChild(Elements.make("div"));
    element.append(error);
    return { element, inside, error };
  }

  /**
   * A line or a text; a line break in what is one line is a space, and a note keeps its own.
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  line(field) {
    const isLong = field.type === "text" || field.lines;
    const input = isLong ? Elements.make("textarea", { rows: field.key === "text" ? "4" : "3" }) : Elements.make("input", { type: "text" });
    const list = this.listOf(field);
    input.setAttribute("autocomplete", "off");
    if (field.type === "integer" || field.type === "number") input.setAttribute("inputmode", "decimal");
    if (list) input.setAttribute("list", list);
    const fill = (/** @type {any} */ value) => { input.value = Array.isArray(value) ? value.join("\n") : value ?? ""; };
    const read = () => {
      const items = input.value.split("\n").map((item) => item.trim()).filter(Boolean);
      if (field.lines) return items.length ? items : undefined;
      return (field.key === "note" ? input.value.trim() : input.value.replace(/\s+/g, " ").trim()).normalize("NFC") || undefined;
    };
    fill(field.start);
    return { ...this.labelled(field, input), read, fill };
  }

  /**
   * One of several; `offer` says which, in groups if it is given any.
   * @param {ProposalField} field
   */
  choice(field) {
    const input = Elements.make("select");
    const fill = (/** @type {any} */ value) => {
      input.value = value === undefined ? "" : String(value);
      if (input.selectedIndex < 0) input.selectedIndex = 0;
    };
    const offer = (/** @type {[string, [string, string][]][]} */ groups) => {
      input.textContent = "";
      if (field.start === undefined) input.append(Elements.make("option", { value: "" }, this.say(field.required ? "choose" : "none")));
      for (const [name, options] of groups) {
        const place = name ? input.appendChild(Elements.make("optgroup", { label: name })) : input;
        for (const [value, label] of options) place.append(Elements.make("option", { value }, label));
      }
      fill(field.start);
    };
    offer([["", field.type === "flag" ? [["true", this.say("yes")], ["false", this.say("no")]] : field.options ?? []]]);
    return { ...this.labelled(field, input), read: () => input.value || undefined, fill, offer };
  }

  /**
   * Several terms of one list: a box to tick for each.
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  ticks(field) {
    const { element, inside, error } = this.boxed(field);
    inside.className = "ticks";
    const options = /** @type {[string, string][]} */ (field.of.options);
    const boxes = options.map(([value, words]) => {
      const box = Elements.make("input", { type: "checkbox", value });
      const label = inside.appendChild(Elements.make("label"));
      label.append(box, ` ${words}`);
      return box;
    });
    const read = () => {
      const on = boxes.filter((box) => box.checked).map((box) => box.value);
      return on.length ? on : undefined;
    };
    const fill = (/** @type {any} */ value) => { for (const box of boxes) box.checked = (value ?? []).includes(box.value); };
    return { element, error, input: boxes[0], read, fill, focus: () => ({ input: boxes[0], error }) };
  }

  /**
   * Two numbers, the lower first.
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  pair(field) {
    const { element, inside, error } = this.boxed(field);
    const ends = ["lower", "upper"].map((end) => {
      const part = this.line({ ...field.of, key: end, label: this.say(end, field.label), required: true });
      inside.append(part.element);
      return part;
    });
    const read = () => {
      const values = ends.map((end) => end.read()).filter((value) => value !== undefined);
      return values.length ? values : undefined;
    };
    const fill = (/** @type {any} */ value) => ends.forEach((end, index) => end.fill((value ?? [])[index]));
    const focus = (/** @type {ProposalPath} */ path) => (path.length ? ends[Number(path[0])].focus([]) : { input: ends[0].input, error });
    return { element, error, input: ends[0].input, read, fill, focus };
  }

  /**
   * As many of one sort as are added; each can be taken away again.
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  list(field) {
    const { element, inside, error } = this.boxed(field);
    const one = field.one ?? field.label;
    /** @type {{ part: ProposalPart, row: HTMLElement, remove: HTMLElement }[]} */
    const items = [];
    const label = (/** @type {number} */ index) => this.say("item", one, index + 1);
    const changed = () => element.dispatchEvent(new Event("input", { bubbles: true }));
    const number = () => items.forEach(({ part, remove }, index) => {
      const named = Elements.one(part.element, "label, legend");
      if (named.firstChild) named.firstChild.textContent = label(index);
      remove.textContent = this.say("remove", label(index));
    });
    const append = (/** @type {any} */ value) => {
      const part = this.any({ ...field.of, key: "", label: label(items.length), required: true });
      const row = inside.appendChild(Elements.make("div", { class: "item" }));
      const item = { part, row, remove: Elements.button("", () => takeAway(item)) };
      row.append(part.element, item.remove);
      items.push(item);
      number();
      if (value !== undefined) part.fill(value);
      return part;
    };
    const takeAway = (/** @type {typeof items[number]} */ item) => {
      const index = items.indexOf(item);
      items.splice(index, 1);
      item.row.remove();
      number();
      (items[Math.min(index, items.length - 1)]?.part.focus([]).input ?? add).focus();
      changed();
    };
    const add = Elements.button(this.say("add", one), () => {
      append(undefined).focus([]).input.focus();
      changed();
    });
    inside.after(add);
    const filled = () => items.filter(({ part }) => part.read() !== undefined);
    const read = () => (filled().length ? filled().map(({ part }) => part.read()) : undefined);
    const fill = (/** @type {any} */ value) => {
      for (const { row } of items.splice(0)) row.remove();
      for (const each of value ?? []) append(each);
      if (!items.length && field.required) append(undefined);
    };
    /* What is empty is left out of what is read, so the number of an item counts those that are not. */
    const focus = (/** @type {ProposalPath} */ path) => {
      const item = path.length ? filled()[Number(path[0])] : undefined;
      return item ? item.part.focus(path.slice(1)) : { input: items[0]?.part.focus([]).input ?? add, error };
    };
    fill(undefined);
    return { element, error, input: add, read, fill, focus };
  }

  /**
   * Keys together; those that may be left out are folded below the others. A plain one has no frame of its own.
   * @param {{ label?: string, help?: string, required?: boolean, fields: ProposalField[] }} field
   */
  group(field, isPlain = false) {
    const box = isPlain ? null : this.boxed({ label: field.label ?? "", help: field.help, required: !!field.required });
    const element = box?.element ?? Elements.make("div");
    const inside = box?.inside ?? element;
    const error = box?.error ?? inside.appendChild(Elements.make("p", { class: "error" }));
    const folded = Elements.make("details");
    const isFolded = (/** @type {ProposalField} */ each) => !each.required && !each.always && field.fields.some((other) => other.required);
    const names = field.fields.filter(isFolded).map((each) => each.label).join(", ");
    folded.append(Elements.make("summary", {}, `${this.say("more")}: ${names}`));
    /** @type {Record<string, ProposalPart>} */
    const parts = {};
    for (const each of field.fields) {
      parts[each.key] = each.label === "" ? this.group({ fields: each.fields }, true) : this.any(each);
      (isFolded(each) ? folded : inside).append(parts[each.key].element);
    }
    if (field.fields.some(isFolded)) inside.append(folded);
    const isBegun = (/** @type {any} */ value, /** @type {ProposalField} */ each) => value?.[each.key] !== undefined && value[each.key] !== each.start;
    const read = () => {
      const pairs = Object.entries(parts).map(([key, part]) => [key, part.read()]);
      const values = Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
      return isPlain || field.fields.some((each) => isBegun(values, each)) ? values : undefined;
    };
    const fill = (/** @type {any} */ value) => {
      for (const each of field.fields) parts[each.key].fill(value?.[each.key] ?? each.start);
      folded.open = field.fields.some((each) => isFolded(each) && isBegun(value, each));
    };
    /** @returns {{ input: HTMLElement, error: HTMLElement }} */
    const focus = (/** @type {ProposalPath} */ path) => {
      const part = path.length ? parts[path[0]] : undefined;
      if (!part) return { input: parts[field.fields[0].key].focus([]).input, error };
      if (folded.contains(part.element)) folded.open = true;
      return part.focus(path.slice(1));
    };
    return { element, error, input: element, parts, read, fill, focus };
  }

  /**
   * One of several kinds of data, each with keys of its own.
   * @param {ProposalField} field
   * @returns {ProposalPart}
   */
  variants(field) {
    const { element, inside, error } = this.boxed(field);
    const options = Object.entries(field.of).map(([kind, { label }]) => /** @type {[string, string]} */ ([kind, label]));
    const kind = this.choice({ ...field, key: field.by, label: this.say("sort"), help: "", type: "select", options, required: false, start: undefined });
    const place = Elements.make("div");
    inside.append(kind.element, place);
    /** @type {Record<string, ProposalPart>} */
    const parts = {};
    const show = () => {
      const chosen = kind.read();
      place.textContent = "";
      if (!chosen) return undefined;
      parts[chosen] ??= this.group({ fields: field.of[chosen].fields }, true);
      place.append(parts[chosen].element);
      return parts[chosen];
    };
    kind.input.addEventListener("input", show);
    const read = () => {
      const chosen = kind.read();
      return chosen ? { [field.by]: chosen, ...parts[chosen].read() } : undefined;
    };
    const fill = (/** @type {any} */ value) => {
      kind.fill(value?.[field.by]);
      show()?.fill(value);
    };
    const focus = (/** @type {ProposalPath} */ path) => {
      const chosen = kind.read();
      return path.length && chosen ? parts[chosen].focus(path) : { input: kind.input, error };
    };
    return { element, error, input: kind.input, read, fill, focus };
  }
}
