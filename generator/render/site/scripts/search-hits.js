/* What the search found, as a list below the box. Texts are written as texts, never as HTML. */
const SearchList = (() => {
  const { make } = Elements;
  const MOST = 40, OTHERS = 6; // pages that are listed, and further places named of each

  /**
   * A function that lists what is found for a query, and says how much it is.
   * @param {HTMLElement} box
   * @param {SiteSearch} search
   */
  function listIn(box, search) {
    const said = Elements.one(box, "[role=status]"), list = Elements.one(box, "ol");
    const root = new URL(`${box.dataset.root}/`, location.href);

    /** @param {SearchHit} hit */
    function address(hit) {
      const folder = hit.page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "/");
      return new URL(folder + box.dataset.pageEnd, root).href + (hit.anchor ? `#${hit.anchor}` : "");
    }

    /**
     * A text whose found words are marked.
     * @param {HTMLElement} element
     * @param {string} text
     * @param {string[]} terms
     */
    function addMarked(element, text, terms) {
      element.append(...search.pieces(text, terms).map(([piece, isFound]) => isFound ? make("mark", {}, piece) : piece));
    }

    /**
     * A page, at the place on it that fits best, and other places there.
     * @param {FoundHit[]} found
     */
    function entry(found) {
      const { hit, terms } = found[0];
      const item = make("li", { class: "md-search-result__item" });
      const link = item.appendChild(make("a", { class: "md-search-result__link hit", href: address(hit) }));
      const title = link.appendChild(make("span", { class: "hit-title" }));
      title.append(make("span", { class: "hit-kind" }, hit.kind), " ");
      addMarked(title, hit.title, terms);
      if (hit.says) addMarked(link.appendChild(make("span", { class: "hit-says" })), hit.says, terms);
      if (hit.marks) link.append(make("span", { class: "hit-marks" }, hit.marks));
      const others = Ranking.othersOf(found, OTHERS);
      const line = make("p", { class: "hit-others" });
      line.append(...others.flatMap((other) => [make("a", { href: address(other.hit) }, other.name), " "]));
      if (others.length) item.append(line);
      return item;
    }

    return (/** @type {string} */ query) => {
      const { hits, instead } = search.find(query), pages = Ranking.byPage(hits);
      list.append(...pages.slice(0, MOST).map(entry));
      said.textContent = Ranking.summary(pages.length, MOST, instead);
      const scrolled = list.parentElement?.parentElement;
      if (scrolled) scrolled.scrollTop = 0;
    };
  }

  return { listIn };
})();

self.SiteHits = SearchList.listIn;
