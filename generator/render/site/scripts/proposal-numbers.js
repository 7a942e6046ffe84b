/* Numbers of a claim that cannot all be right: the rule `numbers-agree`, held to the same cases as the generator's. */
const ProposalNumbers = (() => {
  /** @type {[string, number, number][]} */
  const POSSIBLE = [["percent", 0, 100], ["p", 0, 1], ["amount", 0, Infinity], ["days", 0, Infinity]];

  const decimals = (/** @type {string} */ text) => (text.split(".")[1] ?? "").length;

  /**
   * A number, a range or a bound as a source prints it; null for what is none.
   * @param {RegExp} pattern
   * @param {unknown} text
   */
  function read(pattern, text) {
    const match = typeof text === "string" ? pattern.exec(text) : null;
    if (!match) return null;
    return { bound: match[1], low: Number(match[2]), high: match[3] === undefined ? null : Number(match[3]), text: match[2] };
  }

  /**
   * What is wrong with the numbers of one part of the data: the words, with what they are about, and the key.
   * @param {any} node
   * @param {RegExp} pattern
   * @returns {Iterable<[string, (string | number)[], string]>}
   */
  function* wrongTogether(node, pattern) {
    const events = Number(node.events ?? NaN);
    const of = Number(node.of ?? NaN);
    const percent = read(pattern, node.percent);
    if (events > of) yield ["more-than", [node.events, node.of], "events"];
    else if (percent && !percent.bound && percent.high === null) {
      const computed = 100 * events / of;
      const room = Math.max(0.5, 10 ** -decimals(percent.text)) + 1e-9;
      if (Math.abs(computed - percent.low) > room) yield ["computed", [node.events, node.of, computed.toFixed(1)], "percent"];
    }
    if (node.events !== undefined && node.of === undefined && node.of_unknown === undefined) yield ["without-total", [], "of"];
    if (node.events !== undefined && node.of !== undefined && node.of_unknown !== undefined) yield ["both-totals", [], "of_unknown"];
  }

  /**
   * @param {any} node
   * @param {RegExp} pattern
   * @returns {Iterable<[string, (string | number)[], string]>}
   */
  function* wrongAlone(node, pattern) {
    for (const name of ["ci", "range", "iqr"]) {
      if (node[name] && Number(node[name][0]) > Number(node[name][1])) yield ["downwards", [], name];
    }
    if (node.type && node.value !== undefined && node.ci) {
      if (Number(node.value) < Number(node.ci[0]) || Number(node.value) > Number(node.ci[1])) yield ["outside", [], "value"];
    }
    for (const [name, least, most] of POSSIBLE) {
      const quantity = read(pattern, node[name]);
      for (const number of quantity ? [quantity.low, quantity.high] : []) {
        if (number !== null && (number < least || number > most)) yield ["impossible", [number], name];
      }
    }
  }

  /**
   * All that is wrong with the data of a claim, each with the path of the part and the key that it is about.
   * @param {any} data
   * @param {RegExp} pattern of a quantity
   * @param {string[]} expected measures that compare one group with what was expected
   * @returns {Iterable<[ProposalPath, string, (string | number)[], string]>}
   */
  function* wrong(data, pattern, expected) {
    const path = ["content", "data"];
    const arms = data.arms ?? [];
    const isShare = data.type === "proportion" || data.type === "rate";
    if (isShare && data.events === undefined && data.percent === undefined) yield [path, "neither", [], "events"];
    if (data.type === "comparison" && !arms.length && data.value === undefined && data.p === undefined) yield [path, "no-numbers", [], "arms"];
    if (data.type === "comparison" && arms.length === 1 && !expected.includes(data.measure)) yield [path, "one-arm", [], "arms"];
    for (const [at, node] of [[path, data], ...arms.map((/** @type {any} */ arm, /** @type {number} */ index) => [[...path, "arms", index], arm])]) {
      if (node !== data || isShare) for (const found of wrongTogether(node, pattern)) yield [at, ...found];
      if (node !== data && Number(node.events) < 0) yield [at, "impossible", [node.events], "events"];
      for (const found of wrongAlone(node, pattern)) yield [at, ...found];
      for (const [name] of POSSIBLE) {
        const quantity = read(pattern, node[name]);
        if (quantity?.bound && quantity.high !== null) yield [[...at, name], "bound-range", [], ""];
      }
    }
  }

  return { read, wrong };
})();
