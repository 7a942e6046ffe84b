/* What a query asks for: the words that are left of it, and the names and numbers in it. */

/**
 * A word as it was typed, and as it is compared.
 * @typedef {{word: string, term: string}} AskedWord
 */
const Query = (() => {
  /* Words that carry no question; dropped where others are left. */
  const SMALL = new Set((
    "a an and are as at be by can do does for from how i if in is it its my of on or should that the then there this to was " +
    "what when where which who why will with after about " +
    "bei das dem den der des die ein eine einer fur im ist mit nach oder und von vor wann was wie zu zum zur"
  ).split(" "));

  /**
   * The PMIDs and the DOI of a query.
   * @param {string} query
   */
  function idsOf(query) {
    const doi = /10\.\d{4,}\/\S+/.exec(query);
    return [...(doi ? [doi[0].toLowerCase().replace(/[).,;]+$/, "")] : []), ...(query.match(/\d{5,8}/g) ?? [])];
  }

  /**
   * The words of a query without small ones, where others are left.
   * @param {AskedWord[]} words
   */
  function withoutSmall(words) {
    const kept = words.filter(({ word }) => !SMALL.has(word));
    return kept.length ? kept : words;
  }

  /**
   * The words of a query without a name, wherever it stands, where others are left.
   * @param {AskedWord[]} words
   * @param {string[]} name
   */
  function without(words, name) {
    const kept = [...words];
    for (let at = kept.length - name.length; at >= 0 && kept.length > name.length; at--) {
      if (name.every((term, place) => kept[at + place].term === term)) kept.splice(at, name.length);
    }
    return kept;
  }

  /**
   * The words of a query in which two that are known as one are one.
   * @param {AskedWord[]} words
   * @param {(term: string) => boolean} isKnown
   * @param {(word: string) => string | null} asOne the term of a word that is known as it stands
   */
  function joined(words, isKnown, asOne) {
    const kept = [...words];
    for (let at = kept.length - 2; at >= 0; at--) {
      const word = kept[at].word + kept[at + 1].word, term = asOne(word);
      if (term !== null && !isKnown(kept[at].term)) kept.splice(at, 2, { word, term });
    }
    return kept;
  }

  /**
   * The records whose name is the whole query, and those whose name is a part of it.
   * @param {Map<string, string[]>} named the records that bear each name, its words joined by spaces
   * @param {string[]} spoken the query as it was meant, and as it was typed
   */
  function recordsIn(named, spoken) {
    /** @type {Set<string>} */
    const whole = new Set();
    /** @type {Set<string>} */
    const part = new Set();
    for (const [phrase, records] of named) {
      if (spoken.some((each) => ` ${each} `.includes(` ${phrase} `))) records.forEach((id) => part.add(id));
      if (spoken.includes(phrase)) records.forEach((id) => whole.add(id));
    }
    return { whole, part };
  }

  return { idsOf, withoutSmall, without, joined, recordsIn };
})();
