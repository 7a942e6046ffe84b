/* Rows of tables as texts: which fit what is asked for, and in which order they come. */
const Rows = (() => {
  /**
   * What a cell holds; several things are separated by semicolons.
   * @param {string} cell
   */
  function partsOf(cell) {
    return cell.split(";").map((part) => part.trim());
  }

  /**
   * Whether a row has every word that was typed, and in each column the value that was chosen, if one was.
   * @param {{text: string, cells: string[]}} row
   * @param {string} typed
   * @param {{column: number, value: string}[]} choices
   */
  function fits(row, typed, choices) {
    const text = row.text.toLowerCase();
    const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
    return wanted.every((word) => text.includes(word)) && choices.every((choice) => (
      !choice.value || partsOf(row.cells[choice.column]).includes(choice.value)
    ));
  }

  /**
   * The values of a column, each once, in the order of letters.
   * @param {{cells: string[]}[]} rows
   * @param {number} column
   */
  function valuesOf(rows, column) {
    return [...new Set(rows.flatMap((row) => partsOf(row.cells[column])))].sort();
  }

  /**
   * What a cell is sorted by: a number, or its words.
   * @param {string} cell
   * @returns {number | string}
   */
  function keyOf(cell) {
    const text = cell.trim();
    return /^\d+$/.test(text) ? Number(text) : text.toLowerCase();
  }

  /**
   * @param {number | string} a
   * @param {number | string} b
   */
  function compare(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang || "en");
  }

  /**
   * The order after another: up, down, and as it was.
   * @param {string | null} order
   */
  function after(order) {
    if (order === "ascending") return "descending";
    return order === "descending" ? "" : "ascending";
  }

  /**
   * The places of cells in an order; equal ones stay as they were.
   * @param {string[]} cells
   * @param {string} order
   */
  function sorted(cells, order) {
    const keys = cells.map(keyOf), places = cells.map((_, place) => place);
    if (!order) return places;
    const sign = order === "ascending" ? 1 : -1;
    return places.sort((a, b) => sign * compare(keys[a], keys[b]));
  }

  return { partsOf, fits, valuesOf, keyOf, compare, after, sorted };
})();
