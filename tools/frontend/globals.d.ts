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

// The form in which a change is proposed, as the generator describes it (generator/proposals/form.py).

type ProposalPath = (string | number)[];

/** What a value may be. `of` is of a list what is in it, of variants the fields of each: it is looked at by type. */
interface ProposalNode {
  type: "line" | "text" | "integer" | "number" | "quantity" | "period" | "date" | "flag" | "select" | "group" | "list" | "pair" | "variants";
  pattern?: string;
  rule?: string;
  fix?: string;
  least?: number;
  most?: number;
  options?: [string, string][];
  fields: ProposalField[];
  of: any;
  by: string;
}

interface ProposalField extends ProposalNode {
  depends?: boolean;
  key: string;
  label: string;
  help?: string;
  required: boolean;
  start?: string | boolean;
  without?: string;
  one?: string;
  lines?: boolean;
  always?: boolean;
}

interface ProposalForm {
  format: number;
  repository: string | null;
  most: number;
  name: string;
  kinds: Record<string, { label: string; help: string; fields: ProposalField[] }>;
  records: Record<string, [string, string][]>;
  claims: Record<string, string[]>;
  shows: Record<string, string[]>;
  questions: Record<string, [string, string, string, boolean][]>;
  sources: Record<string, string>;
  limits: Record<"claim" | "first" | "answer" | "step" | "sentences", number>;
  patterns: Record<"markup" | "forbidden" | "end" | "abbreviation" | "link" | "quoted" | "quantity", string>;
  fixes: Record<"integer" | "number" | "quantity" | "period" | "date", string>;
  against_expected: string[];
  said: Record<string, string>;
}

interface ProposalProblem {
  path: ProposalPath;
  rule: string;
  wrong: string;
  fix: string;
  at: ProposalPath;
}

interface ProposalPart {
  element: HTMLElement;
  error: HTMLElement;
  input: HTMLElement;
  read(): any;
  fill(value: any): void;
  focus(path: ProposalPath): { input: HTMLElement; error: HTMLElement };
  offer?(groups: [string, [string, string][]][]): void;
}
