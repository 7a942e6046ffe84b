/* How words are compared: no accents and capitals; spellings that sound alike are one, so that British, American and
   German words, and most misspellings, meet. */
const Spelling = (() => {
  /** @type {Record<string, string>} */
  const LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu", "ß": "ss",
    "ä": "ae", "ö": "oe", "ü": "ue",
  };

  /**
   * Letters as they are compared.
   * @param {string} text
   */
  function plain(text) {
    return text.toLowerCase().replace(/[αβγδκλµμßäöü]/g, (letter) => LETTERS[letter])
      .normalize("NFKD").replace(/\p{M}/gu, "").replace(/æ/g, "ae").replace(/œ/g, "oe");
  }

  /**
   * What stands for a word, of plain letters, and for all that sound like it.
   * @param {string} word
   */
  function fold(word) {
    if (/\d/.test(word)) return word;
    let found = word.replace(/ies$/, "y").replace(/([^siu])s$/, "$1");
    if (found.length < 4) return found;
    found = found.replace(/ph/g, "f").replace(/[ao]e/g, "e").replace(/ue/g, "u").replace(/ou/g, "o").replace(/y/g, "i")
      .replace(/c(?=[eiy])/g, "z").replace(/ck|c(?!h)/g, "k").replace(/([tr])h/g, "$1").replace(/z/g, "s")
      .replace(/(.)\1/g, "$1");
    if (found.length > 6) found = found.replace(/(?:ing|ed|ion)$/, "").replace(/(.)\1$/, "$1");
    if (found.length > 6) found = found.replace(/is$/, "");
    return found.length > 4 ? found.replace(/[aeo]$/, "") : found;
  }

  /**
   * The words of a text; "80kg" is two. A word with hyphens is also found as one, where `joined` says so.
   * @param {string} text
   * @param {boolean} joined
   */
  function words(text, joined) {
    /** @type {string[]} */
    const found = [];
    for (const whole of plain(text).match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*(?:[-‐‑–][\p{L}\p{N}]+)*/gu) ?? []) {
      const parts = whole.split(/[-‐‑–]/);
      for (const part of parts) {
        const amount = /^(\d+(?:[.,]\d+)*)(\p{L}+)$/u.exec(part);
        for (const each of amount ? amount.slice(1) : [part]) found.push(each.replace(",", "."));
      }
      if (joined && parts.length > 1) found.push(parts.join(""));
    }
    return found;
  }

  /**
   * How many wrong letters a word may have.
   * @param {string} term
   */
  function mistakes(term) {
    if (/\d/.test(term) || term.length < 4) return 0;
    return term.length < 7 ? 1 : 2;
  }

  return { plain, fold, words, mistakes };
})();
