/* Tables: a field for words and a choice for some columns above those in .filterable, heads that sort in .sortable. */
const Tables = (() => {
  /**
   * The words of a cell without the name of its column.
   * @param {HTMLTableCellElement} cell
   */
  function wordsOf(cell) {
    const own = Elements.copyOf(cell);
    for (const name of Elements.all(own, ".column")) name.remove();
    return own.textContent ?? "";
  }

  /** @param {HTMLTableRowElement} row */
  function textsOf(row) {
    const cells = Array.from(row.cells, wordsOf);
    return { text: cells.join(" "), cells };
  }

  /**
   * The tables of one holder have the same columns, and are filtered as one. What is folded opens where something is
   * asked for and found.
   * @param {HTMLElement} holder
   * @param {number} index
   */
  function filter(holder, index) {
    const folds = /** @type {HTMLDetailsElement[]} */ (Elements.all(holder, ".fold:has(tbody)"));
    const rows = /** @type {HTMLTableRowElement[]} */ (Elements.all(holder, "tbody tr"));
    const texts = rows.map(textsOf);
    const heads = Elements.all(Elements.one(holder, "thead tr"), "th, td").map((cell) => (cell.textContent ?? "").trim());
    const form = Elements.make("form", { class: "filters", role: "search", "aria-label": Words.say("Filter the table") });
    const id = `filter-${index}`;
    /**
     * @template {HTMLElement} T
     * @param {string} name
     * @param {T} control
     */
    function field(name, control) {
      const pair = form.appendChild(Elements.make("span", { class: "field" }));
      pair.append(Elements.make("label", { for: control.id }, name), control);
      return control;
    }
    const words = field(Words.say("Contains"), Elements.make("input", { id, type: "search" }));
    const choices = (holder.dataset.columns ?? "").split(",").map((name) => {
      const column = heads.indexOf(name);
      const select = field(name, Elements.make("select", { id: `${id}-${column}` }));
      select.appendChild(Elements.make("option", { value: "" }, Words.say("all")));
      for (const value of Rows.valuesOf(texts, column)) select.appendChild(Elements.make("option", { value }, value));
      return { column, select };
    });
    const count = Elements.make("p", { class: "count", role: "status" });
    function apply() {
      const chosen = choices.map(({ column, select }) => ({ column, value: select.value }));
      rows.forEach((row, place) => { row.hidden = !Rows.fits(texts[place], words.value, chosen); });
      const shown = { n: rows.filter((row) => !row.hidden).length, all: rows.length };
      count.textContent = shown.n
        ? Words.say("{n} of {all} shown", shown)
        : Words.say("None of {all} fits. Try fewer words or part of one, another choice beside them, or the search of the site.", shown);
    }
    form.addEventListener("input", () => {
      apply();
      const isAsked = words.value.trim() !== "" || choices.some(({ select }) => select.value);
      for (const fold of folds) {
        const found = fold.querySelectorAll("tbody tr:not([hidden])").length;
        fold.hidden = !found;
        fold.open = !fold.hidden && isAsked;
        for (const old of Elements.all(fold, "summary > .found")) old.remove();
        if (isAsked) Elements.one(fold, "summary").append(Elements.make("span", { class: "found" }, `, ${Words.say("{n} shown", { n: found })}`));
      }
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    holder.prepend(form, count);
    apply();
  }

  /**
   * The heads of a table become buttons: up, down, and as it was.
   * @param {HTMLTableElement} table
   */
  function sort(table) {
    const body = table.tBodies[0], heads = Array.from(table.tHead?.rows[0].cells ?? []);
    const given = Array.from(body.rows);
    heads.forEach((head, column) => {
      const button = Elements.make("button", { type: "button", class: "sort" });
      button.append(...head.childNodes);
      head.appendChild(button);
      button.addEventListener("click", () => {
        const order = Rows.after(head.getAttribute("aria-sort"));
        for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
        if (order) head.setAttribute("aria-sort", order);
        body.append(...Rows.sorted(given.map((row) => wordsOf(row.cells[column])), order).map((place) => given[place]));
      });
    });
  }

  function setUp() {
    Elements.all(document, ".filterable").forEach(filter);
    for (const table of Elements.all(document, ".sortable table")) sort(/** @type {HTMLTableElement} */ (table));
  }

  return { setUp };
})();
