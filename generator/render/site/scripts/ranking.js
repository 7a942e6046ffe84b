/* The order of what was found, and how it is told: pages, each at the place on it that fits best. */

/**
 * A place on a page that may be found: a `top` is the page itself, a `special` one is of what most readers come for.
 * @typedef {{
 *   number: number, kind: string, weight: number, page: string, anchor: string, title: string, short?: string,
 *   says: string, marks: string, record?: string, special?: boolean, top?: boolean,
 * }} SearchHit
 */
/**
 * A hit, how well it fits, and the words that it was found by.
 * @typedef {{hit: SearchHit, score: number, terms: string[]}} FoundHit
 */
const Ranking = (() => {
  /**
   * How well a hit fits. A name alone asks for the record. With other words it asks for what the record says of them; and
   * who names what is treated means that.
   * @param {SearchHit} hit
   * @param {number} score of its words, by the index
   * @param {{all: number, found: number}} words how many were asked for, and how many were found
   * @param {{whole: Set<string>, part: Set<string>}} records that are the query, and that are named in it
   */
  function weigh(hit, score, words, records) {
    const own = score * hit.weight * words.found / words.all, record = hit.record ?? "";
    if (records.whole.has(record)) return own * (hit.top ? 16 : 1.6);
    if (!records.part.has(record)) return own;
    if (hit.top) return own * 0.8;
    return own * (words.found === words.all && hit.special ? 3 : 1.6);
  }

  /** @param {FoundHit[]} hits */
  function inOrder(hits) {
    return [...hits].sort((a, b) => b.score - a.score || a.hit.number - b.hit.number);
  }

  /**
   * What was found by page, in the order of the best of each.
   * @param {FoundHit[]} hits
   */
  function byPage(hits) {
    /** @type {Map<string, FoundHit[]>} */
    const pages = new Map();
    for (const each of hits) {
      const found = pages.get(each.hit.page);
      if (found) found.push(each);
      else pages.set(each.hit.page, [each]);
    }
    return [...pages.values()];
  }

  /**
   * Other places on the page of the best hit: those that fit best, each name once, as they follow on the page.
   * @param {FoundHit[]} found of one page, the best first
   * @param {number} most
   */
  function othersOf(found, most) {
    /** @type {Map<string, SearchHit>} */
    const named = new Map();
    for (const { hit } of found.slice(1)) {
      const name = hit.top ? Words.say("The page") : hit.short ?? "";
      if (name !== found[0].hit.short && !named.has(name)) named.set(name, hit);
    }
    const best = [...named].slice(0, most).map(([name, hit]) => ({ name, hit }));
    return best.sort((a, b) => a.hit.number - b.hit.number);
  }

  /**
   * How much was found, and which words are nowhere.
   * @param {number} pages
   * @param {number} most that are shown
   * @param {[string, string][]} instead words that are nowhere, each with the one that was looked for in its place, if any
   */
  function summary(pages, most, instead) {
    const count = Words.plural(pages, "{n} page found", "{n} pages found");
    const many = pages > most ? `${count}, ${Words.say("the first {most} are shown.", { most })}` : `${count}.`;
    const others = instead.map(([word, other]) => (other
      ? Words.say("No page has “{word}”; these have “{other}”.", { word, other })
      : Words.say("No page has “{word}”.", { word })));
    return [pages ? many : Words.say("Nothing found."), ...others].join(" ");
  }

  return { weigh, inOrder, byPage, othersOf, summary };
})();
