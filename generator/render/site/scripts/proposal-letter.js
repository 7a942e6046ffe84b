/* A proposal as it is sent: JSON, in which a number keeps the digits that were typed and what is as it begins is left out;
   and the address of an issue that is filled in with it. */
const ProposalLetter = (() => {
  const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
  const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;

  /**
   * @param {ProposalNode} node
   * @param {any} value
   * @param {string} indent
   * @returns {string}
   */
  function written(node, value, indent) {
    const deeper = `${indent} `;
    if (node.type === "group") return writtenFields(node.fields, value, indent);
    if (node.type === "variants") {
      return writtenFields(node.of[value[node.by]].fields, value, indent, [[node.by, JSON.stringify(value[node.by])]]);
    }
    if (node.type === "list" || node.type === "pair") {
      const items = value.map((/** @type {any} */ item) => deeper + written(node.of, item, deeper));
      return `[\n${items.join(",\n")}\n${indent}]`;
    }
    const isNumber = ["integer", "number", "quantity"].includes(node.type) && NUMBER.test(value);
    return isNumber || node.type === "flag" ? value : JSON.stringify(value);
  }

  /**
   * @param {ProposalField[]} fields
   * @param {any} values
   * @param {string} indent
   * @param {[string, string][]} [first]
   */
  function writtenFields(fields, values, indent, first = []) {
    const deeper = `${indent} `;
    const pairs = [...first];
    for (const field of fields) {
      const value = values[field.key];
      const isAsBegun = value === undefined || (field.start !== undefined && value === String(field.start));
      if (!isAsBegun) pairs.push([field.key, written(field, value, deeper)]);
    }
    return `{\n${pairs.map(([key, text]) => `${deeper}${JSON.stringify(key)}: ${text}`).join(",\n")}\n${indent}}`;
  }

  /**
   * @param {ProposalForm} form
   * @param {string} what
   * @param {any} values
   */
  function toJson(form, what, values) {
    const first = /** @type {[string, string][]} */ ([["proposal", String(form.format)], ["what", JSON.stringify(what)]]);
    return `${writtenFields(form.kinds[what].fields, values, "", first)}\n`;
  }

  /**
   * Where an issue is opened, and whether the proposal is in the address: it may be too long for one.
   * @param {string} repository
   * @param {number} most
   * @param {{ title: string, words: string, proposal: string }} issue
   */
  function addressOf(repository, most, { title, words, proposal }) {
    const start = `${repository.replace(/\/+$/, "")}/issues/new?template=proposal.yml`;
    const empty = `${start}&title=${encodeURIComponent(title)}`;
    const whole = `${empty}&words=${encodeURIComponent(words)}&proposal=${encodeURIComponent(proposal)}`;
    return whole.length <= most ? { address: whole, isWhole: true } : { address: empty, isWhole: false };
  }

  return { NUMBER, INTEGER, toJson, addressOf };
})();
