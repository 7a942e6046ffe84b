// What scripts hand to each other by `self`, and data that the generator makes (generator/render/data/search_index.py).

interface SearchResult {
  id: number;
  score: number;
  terms: string[];
  queryTerms: string[];
}

interface SearchOptions {
  tokenize?: (text: string, field?: string) => string[];
  processTerm?: (term: string) => string;
  boost?: Record<string, number>;
  bm25?: { k: number; b: number; d: number };
  prefix?: (term: string, place: number, all: string[]) => boolean;
  fuzzy?: number | ((term: string) => number | false);
}

declare class MiniSearch {
  constructor(options: SearchOptions & { fields: string[] });
  add(document: SearchFields & { id: number }): void;
  search(query: string, options?: SearchOptions): SearchResult[];
}

/** Page, title, other words, what it says, and its headings: anchor and words. */
type SearchPage = [string, string, string[], string, [string, string][]];

interface FirstSearchData {
  everywhere: string[];
  same: string[][];
  treated: string;
  kinds: Record<string, string>;
  questions: string[][];
  /** Id, name, synonyms, other words, what its page says first and its marks; answers: places of the names of the
   * question, id, whether it is a dose, first sentence, marks, what follows; headings: kind of claims and words. */
  records: [
    string, string, string[], string[], [string, string],
    [number[], string, number, string, string, string][], [string, string][],
  ][];
  across: SearchPage[];
  pages: SearchPage[];
}

interface RestSearchData {
  /** PMID, DOI, short name, title, authors, journal, design, marks. */
  sources: [string, string, string, string, string, string, string, string][];
  /** Id, kind, text, marks, sources. */
  claims: [string, string, string, string, string][];
  /** Anchor, words, names of records. */
  pending: [string, string, string[]][];
  project: SearchPage[];
}

interface Window {
  MiniSearch: typeof MiniSearch;
  SiteSearch: typeof SiteSearch;
  SiteHits: typeof SearchList.listIn;
  searchData: { first: FirstSearchData; rest: RestSearchData };
}
