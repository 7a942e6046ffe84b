/* What is wrong with a proposal as far as a page can tell that has no passage: the rules of `check`, by the data of the
   form. The generator is held to the same table of cases. A value is text as it was typed, a list of values, or values by
   their keys; what is empty is left out. */
class ProposalRules {
  /** @param {ProposalForm} form */
  constructor(form) {
    this.form = form;
    const { patterns } = form;
    const whole = (/** @type {string} */ pattern) => new RegExp(`^(?:${pattern})$`, "u");
    this.quantity = whole(patterns.quantity);
    this.link = new RegExp(patterns.link, "gu");
    this.end = new RegExp(patterns.end, "gu");
    this.abbreviation = new RegExp(patterns.abbreviation, "u");
    this.markup = new RegExp(patterns.markup, "u");
    this.quoted = new RegExp(patterns.quoted, "u");
    this.forbidden = new RegExp(patterns.forbidden, "u");
    this.whole = whole;
    this.records = new Set(Object.values(form.records).flatMap((records) => records.map(([id]) => id)));
  }

  /**
   * Words of the form, with values in the place of `{0}` and `{1}`.
   * @param {string} name
   * @param {(string | number)[]} values
   */
  say(name, ...values) {
    return this.form.said[name].replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)]));
  }

  /**
   * All that is wrong: what does not fit its type first; where all does, what does not fit together.
   * @param {string} what
   * @param {any} values
   * @returns {ProposalProblem[]}
   */
  problems(what, values) {
    const shapes = [...this.wrongFields(this.form.kinds[what].fields, values, [])];
    if (shapes.length) return shapes;
    if (what === "claim") return [...this.wrongClaim(values)];
    if (what === "answer") return [...this.wrongAnswer(values)];
    return [...(what === "error" ? this.wrongReport(values) : this.wrongSource(values))];
  }

  /**
   * @param {ProposalPath} path the keys that lead to what is wrong
   * @param {string} rule
   * @param {string} wrong the name of its words
   * @param {string} fix the name of those on how to correct it
   * @param {{ at?: ProposalPath, values?: (string | number)[] }} [more] the field that is named for it, and what the words are about
   * @returns {ProposalProblem}
   */
  problem(path, rule, wrong, fix, { at = path, values = [] } = {}) {
    return { path, rule, wrong: this.say(wrong, ...values), fix: this.say(fix, ...values), at };
  }

  /**
   * @param {ProposalField[]} fields
   * @param {any} values
   * @param {ProposalPath} path
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongFields(fields, values, path) {
    for (const field of fields) {
      const inside = [...path, field.key];
      if (values[field.key] !== undefined) yield* this.wrongNode(field, values[field.key], inside);
      else if (field.required) yield this.problem(inside, field.without ?? "missing-key", "empty", field.without ? "add-one" : "fill");
    }
  }

  /**
   * @param {ProposalNode} node
   * @param {any} value
   * @param {ProposalPath} path
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongNode(node, value, path) {
    if (node.type === "group") yield* this.wrongFields(node.fields, value, path);
    else if (node.type === "variants") {
      if (value[node.by] in node.of) yield* this.wrongFields(node.of[value[node.by]].fields, value, path);
      else yield this.problem(path, "wrong-type", "choose", "choose");
    } else if (node.type === "list" || node.type === "pair") {
      if (node.type === "pair" && value.length !== 2) yield this.problem(path, "wrong-type", "empty", "fill");
      for (const [index, item] of value.entries()) yield* this.wrongNode(node.of, item, [...path, index]);
    } else if (this.forbidden.test(value)) yield this.problem(path, "yaml-characters", "invisible", "type-anew");
    else {
      const found = this.wrongText(node, value);
      if (found) yield { path, rule: found[0], wrong: found[1], fix: found[2], at: path };
    }
  }

  /**
   * The rule, what is wrong and how to correct it, of one text; null if it fits.
   * @param {ProposalNode} node
   * @param {string} text
   * @returns {[string, string, string] | null}
   */
  wrongText(node, text) {
    const { fixes, said } = this.form;
    if (node.type === "integer") {
      const count = ProposalLetter.INTEGER.test(text) ? Number(text) : NaN;
      const fits = count >= (node.least ?? -Infinity) && count <= (node.most ?? Infinity);
      return fits ? null : ["wrong-type", text, fixes.integer];
    }
    if (node.type === "number") return ProposalLetter.NUMBER.test(text) ? null : ["number-form", text, fixes.number];
    if (node.type === "quantity") return this.wrongQuantity(text);
    if (node.type === "period") {
      const match = new RegExp(node.pattern ?? "", "u").exec(text);
      if (!match) return ["number-form", text, fixes.period];
      return match[1] === undefined ? null : this.wrongQuantity(match[1].trim());
    }
    if (node.type === "date") {
      const day = new Date(`${text}T00:00:00Z`);
      return !isNaN(Number(day)) && day.toISOString().startsWith(text) && text.length === 10 ? null : ["date-form", text, fixes.date];
    }
    if (node.type === "flag") return text === "true" || text === "false" ? null : ["wrong-type", text, said.choose];
    if (node.options) return node.options.some(([value]) => value === text) ? null : [node.rule ?? "", text, said.choose];
    return node.pattern === undefined || this.whole(node.pattern).test(text) ? null : [node.rule ?? "", text, node.fix ?? ""];
  }

  /**
   * @param {string} text
   * @returns {[string, string, string] | null}
   */
  wrongQuantity(text) {
    const read = ProposalNumbers.read(this.quantity, text);
    if (!read) return ["number-form", text, this.form.fixes.quantity];
    const falls = read.high !== null && read.high <= read.low;
    return falls ? ["number-form", this.say("not-rising"), this.say("smaller-first")] : null;
  }

  /** @param {string} text */
  sentences(text) {
    const found = [];
    let begin = 0;
    for (const stop of text.matchAll(this.end)) {
      const kept = stop[1] === undefined ? 0 : stop[0].length - stop[1].length;
      const part = text.slice(begin, stop.index + kept).trimEnd();
      if (!stop[0].includes("\n") && this.abbreviation.test(part)) continue;
      if (part.trim()) found.push(part.trim());
      begin = stop.index + stop[0].length;
    }
    if (text.slice(begin).trim()) found.push(text.slice(begin).trim());
    return found;
  }

  /**
   * What a text may not hold, that it ends, and how long it may be.
   * @param {string} text
   * @param {ProposalPath} path
   * @param {number} most
   * @param {{ long: string, marked: string, isStep?: boolean }} rules
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongSentence(text, path, most, { long, marked, isStep = false }) {
    const found = this.markup.exec(text);
    if (found) yield this.problem(path, marked, "markup", "plain", { values: [found[0]] });
    if (isStep && text.endsWith(".")) yield this.problem(path, long, "no-stop", "verb");
    if (!isStep && !/[.?!]$/.test(text)) yield this.problem(path, long, "stop", "whole");
    const length = [...text].length;
    if (length > most) yield this.tooLong(path, long, "long", length, most);
  }

  /**
   * @param {ProposalPath} path
   * @param {string} rule
   * @param {string} what
   * @param {number} length
   * @param {number} most
   */
  tooLong(path, rule, what, length, most) {
    return { ...this.problem(path, rule, what, "room", { values: [length] }), fix: this.say("room", most) };
  }

  /** @param {string} id */
  isClaim(id) {
    const [record, name] = id.split("#");
    return (this.form.claims[record] ?? []).includes(name);
  }

  /**
   * @param {string[]} ids
   * @param {string} rule
   * @param {ProposalPath} path
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongTargets(ids, rule, path) {
    for (const [index, id] of ids.entries()) if (!this.isClaim(id)) yield this.problem([...path, index], rule, "no-claim", "full-id");
  }

  /**
   * @param {any} values
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongClaim({ record, name, content }) {
    const { claims, limits } = this.form;
    const text = ["content", "text"];
    if ((claims[record] ?? []).includes(name)) yield this.problem(["name"], "proposal-form", "taken", "taken-fix");
    if (this.quoted.test(content.text)) yield this.problem(text, "proposal-form", "quoted", "plain");
    const plain = content.text.replace(this.link, "$1");
    yield* this.wrongSentence(plain, text, limits.claim, { long: "sentence", marked: "plain-text" });
    for (const [, , target] of content.text.matchAll(this.link)) {
      const isKnown = this.records.has(target) || this.isClaim(target);
      if (!isKnown || target.split("#")[0] === record) yield this.problem(text, "link-target", "leads-nowhere", "link-fix", { values: [target] });
    }
    if (content.cites.every((/** @type {any} */ cite) => cite.bearing === "contradicts")) {
      yield this.problem(["content", "cites"], "cites-pmid", "all-contradict", "add-one");
    }
    const others = (content.disagrees_with ?? []).map((/** @type {any} */ each) => each.claim);
    yield* this.wrongTargets(others, "claim-target", ["content", "disagrees_with"]);
    yield* this.wrongTargets(content.supersedes ?? [], "claim-target", ["content", "supersedes"]);
    if (!content.data) return;
    for (const [path, wrong, about, key] of ProposalNumbers.wrong(content.data, this.quantity, this.form.against_expected)) {
      yield this.problem(path, "numbers-agree", wrong, wrong === "without-total" ? "give-total" : "figures", { at: key ? [...path, key] : path, values: about });
    }
  }

  /**
   * @param {any} values
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongReport({ record, name }) {
    const [folder, pmid] = record.split("/");
    const isSource = folder === "references" && pmid in this.form.sources;
    if (!isSource && !this.records.has(record)) yield this.problem(["record"], "proposal-form", "no-record", "record-fix");
    else if (name !== undefined && !this.isClaim(`${record}#${name}`) && !this.isAnswer(folder, name)) {
      yield this.problem(["name"], "proposal-form", "no-claim", "name-fix");
    }
  }

  /**
   * @param {string} kind
   * @param {string} name
   */
  isAnswer(kind, name) {
    return (this.form.questions[kind] ?? []).some(([id]) => name === `answer--${id}`);
  }

  /**
   * @param {any} values
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongSource({ pmid, content }) {
    const { state, checked_on: day } = content.retraction;
    if (pmid in this.form.sources) yield this.problem(["pmid"], "proposal-form", "known", "known-fix");
    if ((state === "unchecked") !== (day === undefined)) {
      const path = ["content", "retraction"];
      yield this.problem(path, "retracted-source", state === "unchecked" ? "not-looked" : "no-day", "day-fix", { at: [...path, "checked_on"] });
    }
  }

  /**
   * @param {any} values
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongAnswer({ record, name, content }) {
    const { questions, limits } = this.form;
    const path = ["content"];
    const inText = [...path, "text"];
    const question = (questions[record.split("/")[0]] ?? []).find(([id]) => id === name);
    if (question?.[3] && !content.direction) yield this.problem(path, "answer-question", "lean", "lean-fix", { at: [...path, "direction"] });
    const told = this.sentences(content.text);
    yield* this.wrongSentence(content.text, inText, limits.answer, { long: "answer-form", marked: "answer-form" });
    if (told.length > limits.sentences) yield this.problem(inText, "answer-form", "sentences", "fewer", { values: [told.length] });
    const first = [...told[0]].length;
    if (first > limits.first) yield this.tooLong(inText, "answer-form", "first", first, limits.first);
    const steps = content.steps ?? [];
    const rests = content.rests_on ?? [];
    if (!rests.length && !steps.length) yield this.problem(path, "answer-rests", "rests", "add-one", { at: [...path, "rests_on"] });
    yield* this.wrongSupports(rests, record, [...path, "rests_on"]);
    yield* this.wrongTargets(content.otherwise ?? [], "answer-rests", [...path, "otherwise"]);
    for (const [index, step] of steps.entries()) {
      const inStep = [...path, "steps", index, "text"];
      const count = this.sentences(step.text).length;
      yield* this.wrongSentence(step.text, inStep, limits.step, { long: "answer-form", marked: "answer-form", isStep: true });
      if (count > 1) yield this.problem(inStep, "answer-form", "sentences", "fewer", { values: [count] });
      yield* this.wrongSupports(step.rests_on, record, [...path, "steps", index, "rests_on"]);
    }
  }

  /**
   * @param {any[]} supports
   * @param {string} record
   * @param {ProposalPath} path
   * @returns {Iterable<ProposalProblem>}
   */
  *wrongSupports(supports, record, path) {
    for (const [index, { claim, indirect }] of supports.entries()) {
      const here = [...path, index];
      const isNear = claim.split("#")[0] === record || (this.form.shows[record] ?? []).includes(claim);
      if (!this.isClaim(claim)) yield this.problem(here, "answer-rests", "no-claim", "full-id");
      else if (!indirect && !isNear) yield this.problem(here, "answer-rests", "other-record", "say-indirect", { at: [...here, "indirect"] });
    }
  }
}
