/* What the search looks through: an index of records, answers, claims and sources. No page, no event. */

/**
 * Names of a record or page, other words for it, whose it is, what it asks, its text.
 * @typedef {{name?: string, also?: string, of?: string, asks?: string, text?: string}} SearchFields
 */
class SiteSearch {
  /** Words and terms are as they are typed and as they are compared. */
  constructor() {
    /** @type {SearchHit[]} */
    this.hits = [];
    /** @type {Map<string, string>} every term of the index, and a word as it is written */
    this.known = new Map();
    /** @type {Map<string, string>} a word to the one that stands for it */
    this.same = new Map();
    /** @type {Map<string, string>} a word to its term, as most are met often */
    this.compared = new Map();
    /** @type {Map<string, string[]>} names to their words */
    this.cuts = new Map();
    /** @type {Map<string, string[]>} a name, its terms joined by spaces, to the records that bear it */
    this.named = new Map();
    /** @type {Map<string, SearchHit>} a PMID or DOI to its hit */
    this.ids = new Map();
    /** @type {Map<string, string>} the name of each record by its id */
    this.names = new Map();
    /** @type {string[][]} */
    this.everywhere = [];
    this.index = new self.MiniSearch({
      fields: ["name", "also", "of", "asks", "text"],
      tokenize: (text, field) => field === "of" ? this.cut(text) : Spelling.words(text, true),
      processTerm: (word) => {
        const term = this.term(word);
        if (!this.known.has(term)) this.known.set(term, word);
        return term;
      },
    });
  }

  /** @param {string} word */
  term(word) {
    const known = this.compared.get(word);
    if (known !== undefined) return known;
    const folded = Spelling.fold(word), term = this.same.get(folded) || folded;
    this.compared.set(word, term);
    return term;
  }

  /**
   * The words of a text that is met many times: the names of a record.
   * @param {string} text
   */
  cut(text) {
    const cut = this.cuts.get(text) ?? Spelling.words(text, true);
    this.cuts.set(text, cut);
    return cut;
  }

  /** @param {string} text */
  terms(text) {
    return Spelling.words(text, false).map((word) => this.term(word));
  }

  /**
   * @param {Omit<SearchHit, "number">} hit
   * @param {SearchFields} fields
   */
  put(hit, fields) {
    const numbered = { ...hit, number: this.hits.length };
    this.hits.push(numbered);
    this.index.add({ id: numbered.number, ...fields });
    return numbered;
  }

  /**
   * Records, their answers and headings, and the pages of lists.
   * @param {FirstSearchData} data
   */
  addFirst(data) {
    for (const group of data.same) {
      for (const word of group) this.same.set(Spelling.fold(Spelling.plain(word)), Spelling.fold(Spelling.plain(group[0])));
    }
    this.everywhere = data.everywhere.map((name) => this.terms(name));
    for (const record of data.records) this.addRecord(record, data);
    for (const page of data.pages) this.addPage(page, Words.say("Page"), 1, 0.3);
    for (const page of data.across) this.addPage(page, Words.say("Page"), 0.5, 0);
  }

  /**
   * @param {FirstSearchData["records"][number]} record
   * @param {FirstSearchData} data
   */
  addRecord([id, name, synonyms, typed, first, answers, sections], data) {
    const folder = id.split("/")[0], kind = data.kinds[folder], special = folder === data.treated;
    const page = `${id}.md`, others = [...synonyms, ...typed], all = [name, ...others].join(" ; ");
    this.names.set(id, name);
    for (const each of [name, ...others]) {
      const phrase = this.terms(each).join(" ");
      this.named.set(phrase, [...(this.named.get(phrase) ?? []), id]);
    }
    this.put(
      { kind, weight: 2, page, anchor: "", title: name, says: first[0], marks: first[1], record: id, special, top: true },
      { name, also: others.join(" ; "), text: first[0] },
    );
    for (const [places, question, isDose, says, marks, more] of answers) {
      const asked = places.map((place) => data.questions[place]), short = asked[0][0];
      this.put(
        {
          kind: isDose ? Words.say("Dose") : Words.say("Answer"), weight: 1.1, page, anchor: `answer--${question}`, record: id, special,
          title: `${name}: ${short}`, short, says, marks,
        },
        { of: all, asks: asked.map((each) => each.join(" ; ")).join(" ; "), text: `${says} ${more}` },
      );
    }
    for (const [section, short] of sections) {
      this.put(
        { kind: Words.say("Section"), weight: 0.5, page, anchor: `kind--${section}`, title: `${name}: ${short}`, short, says: "", marks: "", record: id },
        { of: name, asks: short },
      );
    }
  }

  /**
   * A page with its headings, which have a weight of their own.
   * @param {SearchPage} page
   * @param {string} kind
   * @param {number} weight
   * @param {number} below
   */
  addPage([page, title, words, says, headings], kind, weight, below) {
    const others = words.join(" ; ");
    this.put({ kind, weight, page, anchor: "", title, says, marks: "", top: true }, { name: title, also: others, text: says });
    for (const [anchor, short] of headings) {
      this.put(
        { kind, weight: below, page, anchor, title: `${title}: ${short}`, short, says: "", marks: "" },
        { of: `${title} ; ${others}`, asks: short },
      );
    }
  }

  /**
   * Claims, sources, papers that cannot be cited yet, and the pages about the project: one at each step, so that the
   * reader can go on typing.
   * @param {RestSearchData} data
   */
  * addRest(data) {
    for (const [pmid, doi, label, title, authors, journal, design, marks] of data.sources) {
      const hit = this.put(
        {
          kind: Words.say("Source"), weight: 1, page: `references/${pmid}.md`, anchor: "", title: `${label}: ${title}`, marks,
          says: `${journal}. ${design}. PMID ${pmid}${doi ? `, DOI ${doi}` : ""}.`,
        },
        { of: label, asks: authors, text: title },
      );
      this.ids.set(pmid, hit);
      if (doi) this.ids.set(doi.toLowerCase(), hit);
      yield;
    }
    for (const [id, short, says, marks, sources] of data.claims) {
      const [record, anchor] = id.split("#"), name = this.names.get(record) ?? "";
      this.put(
        {
          kind: Words.say("Claim"), weight: 0.7, page: `${record}.md`, anchor, title: `${name}: ${short}`, short, says, record,
          marks: [marks, sources].filter(Boolean).join(" · "),
        },
        { of: name, asks: short, text: `${says} ${sources}` },
      );
      yield;
    }
    for (const [anchor, title, names] of data.pending) {
      this.put(
        { kind: Words.say("Not citable yet"), weight: 0.7, page: "missing.md", anchor, title, short: title, says: "", marks: "" },
        { of: names.join(" ; "), text: title },
      );
    }
    for (const page of data.project) {
      this.addPage(page, Words.say("About the project"), 0.15, 0.1);
      yield;
    }
  }

  /**
   * The words of a query: without small ones and what is said everywhere, where others are left; two that the index
   * knows as one are one.
   * @param {string} query
   */
  asked(query) {
    const typed = Spelling.words(query, false).map((word) => ({ word, term: this.term(word) }));
    const kept = this.everywhere.reduce((words, name) => Query.without(words, name), Query.withoutSmall(typed));
    return Query.joined(kept, (term) => this.isKnown(term), (word) => {
      const term = this.term(word);
      return this.known.has(term) ? term : null;
    });
  }

  /** @param {string} term */
  isKnown(term) {
    if (this.known.has(term)) return true;
    if (term.length < 3) return false;
    for (const each of this.known.keys()) if (each.startsWith(term)) return true;
    return false;
  }

  /**
   * Hits in order, each with the words that it was found by; and the words that are nowhere, each with the word that was
   * looked for in its place, if any.
   * @param {string} query
   * @returns {{hits: FoundHit[], instead: [string, string][]}}
   */
  find(query) {
    const named = Query.idsOf(query).flatMap((id) => this.ids.get(id) ?? []);
    if (named.length) return { instead: [], hits: named.map((hit) => ({ hit, score: 0, terms: [] })) };
    const asked = this.asked(query), terms = asked.map(({ term }) => term);
    const asIs = { tokenize: (/** @type {string} */ text) => text.split(" "), processTerm: (/** @type {string} */ term) => term };
    /** @type {[string, string][]} */
    const instead = [];
    const meant = asked.map(({ word, term }) => {
      if (this.isKnown(term)) return term;
      const near = this.index.search(term, { fuzzy: Spelling.mistakes(term), ...asIs })[0];
      instead.push([word, near ? this.known.get(near.terms[0]) ?? "" : ""]);
      return near ? near.terms[0] : term;
    });
    const records = Query.recordsIn(this.named, [meant.join(" "), this.terms(query).join(" ")]);
    const found = this.index.search(terms.join(" "), {
      boost: { name: 6, also: 5, of: 2.5, asks: 3 },
      bm25: { k: 1.2, b: 0.3, d: 0.5 },
      prefix: (term, _, all) => term.length > 2 || all.length === 1,
      fuzzy: (term) => this.isKnown(term) ? false : Spelling.mistakes(term),
      ...asIs,
    });
    const hits = found.map((result) => {
      const hit = this.hits[result.id], words = { all: terms.length, found: result.queryTerms.length };
      return { hit, score: Ranking.weigh(hit, result.score, words, records), terms: result.terms };
    });
    return { hits: Ranking.inOrder(hits), instead };
  }

  /**
   * A text in pieces, each with whether it is a word that was found.
   * @param {string} text
   * @param {string[]} terms
   * @returns {[string, boolean][]}
   */
  pieces(text, terms) {
    const found = new Set(terms);
    const isFound = (/** @type {string} */ piece) => Spelling.words(piece, false).some((word) => found.has(this.term(word)));
    return text.split(/([\p{L}\p{N}]+)/u).map((piece, place) => [piece, place % 2 === 1 && isFound(piece)]);
  }
}

self.SiteSearch = SiteSearch;
