/* What the search finds: an index of records, answers, claims and sources, and their order. No page, no event. */
(function () {
  "use strict";

  /* Words that carry no question; dropped where others are left. */
  var SMALL = new Set((
    "a an and are as at be by can do does for from how i if in is it its my of on or should that the then there this to was " +
    "what when where which who why will with after about " +
    "bei das dem den der des die ein eine einer fur im ist mit nach oder und von vor wann was wie zu zum zur"
  ).split(" "));

  var GREEK = { "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu", "ß": "ss" };

  /* Letters as they are compared: no accents and capitals; spellings that sound alike are one, so that British,
     American and German words, and most misspellings, meet. */
  function plain(text) {
    return text.toLowerCase().replace(/[αβγδκλµμß]/g, function (letter) { return GREEK[letter]; })
      .replace(/[äöü]/g, function (letter) { return { "ä": "ae", "ö": "oe", "ü": "ue" }[letter]; })
      .normalize("NFKD").replace(/\p{M}/gu, "").replace(/æ/g, "ae").replace(/œ/g, "oe");
  }

  function fold(word) {
    if (/\d/.test(word)) return word;
    word = word.replace(/ies$/, "y").replace(/([^siu])s$/, "$1");
    if (word.length < 4) return word;
    word = word.replace(/ph/g, "f").replace(/[ao]e/g, "e").replace(/ue/g, "u").replace(/ou/g, "o").replace(/y/g, "i")
      .replace(/c(?=[eiy])/g, "z").replace(/ck|c(?!h)/g, "k").replace(/([tr])h/g, "$1").replace(/z/g, "s")
      .replace(/(.)\1/g, "$1");
    if (word.length > 6) word = word.replace(/(?:ing|ed|ion)$/, "").replace(/(.)\1$/, "$1");
    if (word.length > 6) word = word.replace(/is$/, "");
    return word.length > 4 ? word.replace(/[aeo]$/, "") : word;
  }

  /* The words of a text; "80kg" is two. A word with hyphens is also found as one, where `joined` says so. */
  function words(text, joined) {
    var found = [];
    (plain(text).match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*(?:[-‐‑–][\p{L}\p{N}]+)*/gu) || []).forEach(function (whole) {
      var parts = whole.split(/[-‐‑–]/);
      parts.forEach(function (part) {
        var amount = /^(\d+(?:[.,]\d+)*)(\p{L}+)$/u.exec(part);
        (amount ? amount.slice(1) : [part]).forEach(function (each) { found.push(each.replace(",", ".")); });
      });
      if (joined && parts.length > 1) found.push(parts.join(""));
    });
    return found;
  }

  function Search() {
    this.hits = [];
    this.known = new Map();   // every word of the index, as it is compared, and as it is written
    this.same = new Map();    // a word to the one that stands for it
    this.compared = new Map(); // a word to how it is compared, as most are met often
    this.cuts = new Map();    // names to their words
    this.named = new Map();   // a name, its words joined by spaces, to the records that bear it
    this.ids = new Map();     // a PMID or DOI to its hit
    this.everywhere = [];
    var search = this;
    this.index = new self.MiniSearch({
      fields: ["name", "also", "of", "asks", "text"],
      tokenize: function (text, field) { return field === "of" ? search.cut(text) : words(text, true); },
      processTerm: function (word) {
        var term = search.term(word);
        if (!search.known.has(term)) search.known.set(term, word);
        return term;
      },
    });
  }

  Search.prototype.term = function (word) {
    var term = this.compared.get(word);
    if (term === undefined) {
      var folded = fold(word);
      term = this.same.get(folded) || folded;
      this.compared.set(word, term);
    }
    return term;
  };

  /* The words of a text that is met many times: the names of a record. */
  Search.prototype.cut = function (text) {
    if (!this.cuts.has(text)) this.cuts.set(text, words(text, true));
    return this.cuts.get(text);
  };

  Search.prototype.terms = function (text) {
    return words(text, false).map(this.term, this);
  };

  Search.prototype.put = function (hit, fields) {
    hit.number = this.hits.push(hit) - 1;
    this.index.add(Object.assign({ id: hit.number }, fields));
    return hit;
  };

  /* Records, their answers and headings, and the pages of lists. */
  Search.prototype.addFirst = function (data) {
    var search = this;
    this.data = data;
    data.same.forEach(function (group) {
      group.forEach(function (word) { search.same.set(fold(plain(word)), fold(plain(group[0]))); });
    });
    this.everywhere = data.everywhere.map(function (name) { return search.terms(name); });
    this.names = new Map();   // the name of each record by its id
    data.records.forEach(function (record) {
      var id = record[0], page = id + ".md", kind = data.kinds[id.split("/")[0]], names = record[2].concat(record[3]);
      var all = [record[1]].concat(names).join(" ; "), special = kind === "Disease";
      search.names.set(id, record[1]);
      [record[1]].concat(names).forEach(function (name) {
        var phrase = search.terms(name).join(" ");
        search.named.set(phrase, (search.named.get(phrase) || []).concat(id));
      });
      search.put({ kind: kind, weight: 2, page: page, anchor: "", title: record[1], says: record[4][0], marks: record[4][1], record: id, special: special, top: true },
        { name: record[1], also: names.join(" ; "), text: record[4][0] });
      record[5].forEach(function (answer) {
        var asked = answer[0].map(function (place) { return data.questions[place]; });
        search.put(
          { kind: answer[2] ? "Dose" : "Answer", weight: 1.1, page: page, anchor: "answer--" + answer[1], record: id, special: special,
            title: record[1] + ": " + asked[0][0], short: asked[0][0], says: answer[3], marks: answer[4] },
          { of: all, asks: asked.map(function (each) { return each.join(" ; "); }).join(" ; "), text: answer[3] + " " + answer[5] });
      });
      record[6].forEach(function (section) {
        search.put({ kind: "Section", weight: 0.5, page: page, anchor: "kind--" + section[0], title: record[1] + ": " + section[1], short: section[1],
          says: "", marks: "", record: id }, { of: record[1], asks: section[1] });
      });
    });
    data.pages.forEach(function (page) { search.addPage(page, "Page", 1, 0.6); });
    data.across.forEach(function (page) { search.addPage(page, "Page", 0.5, 0); });
  };

  Search.prototype.addPage = function (page, kind, weight, below) {
    var search = this;
    this.put({ kind: kind, weight: weight, page: page[0], anchor: "", title: page[1], says: page[3], marks: "", top: true },
      { name: page[1], also: page[2].join(" ; "), text: page[3] });
    page[4].forEach(function (heading) {
      search.put({ kind: kind, weight: below, page: page[0], anchor: heading[0], title: page[1] + ": " + heading[1], short: heading[1], says: "", marks: "" },
        { of: page[1] + " ; " + page[2].join(" ; "), asks: heading[1] });
    });
  };

  /* Claims, sources, papers that cannot be cited yet, and the pages about the project: one at each step, so that the
     reader can go on typing. */
  Search.prototype.addRest = function* (data) {
    var hit;
    for (var source of data.sources) {
      hit = this.put(
        { kind: "Source", weight: 1, page: "references/" + source[0] + ".md", anchor: "", title: source[2] + ": " + source[3],
          says: source[5] + ". " + source[6] + ". PMID " + source[0] + (source[1] ? ", DOI " + source[1] : "") + ".", marks: source[7] },
        { of: source[2], asks: source[4], text: source[3] });
      this.ids.set(source[0], hit);
      if (source[1]) this.ids.set(source[1].toLowerCase(), hit);
      yield;
    }
    for (var claim of data.claims) {
      var record = claim[0].split("#"), name = this.names.get(record[0]);
      this.put({ kind: "Claim", weight: 0.7, page: record[0] + ".md", anchor: record[1], title: name + ": " + claim[1], short: claim[1],
        says: claim[2], marks: [claim[3], claim[4]].filter(Boolean).join(" · "), record: record[0] },
        { of: name, asks: claim[1], text: claim[2] + " " + claim[4] });
      yield;
    }
    for (var paper of data.pending) {
      this.put({ kind: "Not citable yet", weight: 0.7, page: "missing.md", anchor: paper[0], title: paper[1], short: paper[1], says: "", marks: "" },
        { of: paper[2].join(" ; "), text: paper[1] });
    }
    for (var page of data.project) {
      this.addPage(page, "About the project", 0.15, 0.1);
      yield;
    }
  };

  /* The words of a query, as typed and as compared: without small ones and what is said everywhere, where others are
     left; two that the index knows as one are one. */
  Search.prototype.asked = function (query) {
    var search = this;
    var all = words(query, false).map(function (word) { return { word: word, term: search.term(word) }; });
    var kept = all.filter(function (each) { return !SMALL.has(each.word); });
    kept = kept.length ? kept : all;
    this.everywhere.forEach(function (name) {
      for (var at = kept.length - name.length; at >= 0 && kept.length > name.length; at--) {
        if (name.every(function (term, place) { return kept[at + place].term === term; })) kept.splice(at, name.length);
      }
    });
    for (var at = kept.length - 2; at >= 0; at--) {
      var both = kept[at].word + kept[at + 1].word;
      if (!this.isKnown(kept[at].term) && this.known.has(this.term(both))) {
        kept.splice(at, 2, { word: both, term: this.term(both) });
      }
    }
    return kept;
  };

  Search.prototype.isKnown = function (term) {
    if (this.known.has(term)) return true;
    if (term.length < 3) return false;
    for (var each of this.known.keys()) if (each.startsWith(term)) return true;
    return false;
  };

  function mistakes(term) {
    return /\d/.test(term) || term.length < 4 ? 0 : term.length < 7 ? 1 : 2;
  }

  /* Hits in order, each with the words that it was found by; and the words that are nowhere, each with the word that
     was looked for in its place, if any. */
  Search.prototype.find = function (query) {
    var search = this;
    var doi = /10\.\d{4,}\/\S+/.exec(query), instead = [];
    var ids = (doi ? [doi[0].toLowerCase().replace(/[).,;]+$/, "")] : []).concat(query.match(/\d{5,8}/g) || []);
    var named = ids.filter(function (id) { return search.ids.has(id); });
    if (named.length) return { instead: [], hits: named.map(function (id) { return { hit: search.ids.get(id), terms: [] }; }) };
    var asked = this.asked(query), terms = asked.map(function (each) { return each.term; });
    var asIs = { tokenize: function (text) { return text.split(" "); }, processTerm: function (term) { return term; } };
    var meant = asked.map(function (each) {
      if (search.isKnown(each.term)) return each.term;
      var near = search.index.search(each.term, Object.assign({ fuzzy: mistakes(each.term) }, asIs))[0];
      instead.push([each.word, near ? search.known.get(near.terms[0]) : ""]);
      return near ? near.terms[0] : each.term;
    });
    // A name that is the whole query, and names that are a part of it.
    var whole = new Set(), wanted = new Set(), spoken = [meant.join(" "), this.terms(query).join(" ")];
    this.named.forEach(function (records, phrase) {
      var isSaid = spoken.some(function (each) { return (" " + each + " ").includes(" " + phrase + " "); });
      if (isSaid) records.forEach(function (id) { wanted.add(id); });
      if (spoken.includes(phrase)) records.forEach(function (id) { whole.add(id); });
    });
    var found = this.index.search(terms.join(" "), Object.assign({
      boost: { name: 6, also: 5, of: 2.5, asks: 3 },
      bm25: { k: 1.2, b: 0.3, d: 0.5 },
      prefix: function (term, place, all) { return term.length > 2 || all.length === 1; },
      fuzzy: function (term) { return search.isKnown(term) ? false : mistakes(term); },
    }, asIs));
    var hits = found.map(function (result) {
      var hit = search.hits[result.id], isWhole = result.queryTerms.length === terms.length;
      var score = result.score * hit.weight * result.queryTerms.length / terms.length;
      // A name alone asks for the record. With other words it asks for what the record says of them; and who names a
      // disease means that disease.
      if (whole.has(hit.record)) score *= hit.top ? 16 : 1.6;
      else if (wanted.has(hit.record)) score *= hit.top ? 0.8 : isWhole && hit.special ? 3 : 1.6;
      return { hit: hit, score: score, terms: result.terms };
    });
    hits.sort(function (a, b) { return b.score - a.score || a.hit.number - b.hit.number; });
    return { hits: hits, instead: instead };
  };

  /* A text in pieces, each with whether it is a word that was found. */
  Search.prototype.pieces = function (text, terms) {
    var search = this, found = new Set(terms);
    return text.split(/([\p{L}\p{N}]+)/u).map(function (piece, place) {
      return [piece, place % 2 === 1 && words(piece, false).some(function (word) { return found.has(search.term(word)); })];
    });
  };

  self.SiteSearch = Search;
})();
