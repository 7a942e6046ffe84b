/* On a narrow screen a matrix shows one answer of each record, the first until another is chosen, or all. What is not
   shown is found by whoever searches in the page, and then all are. */
const Matrix = (() => {
  /**
   * The cells of answers, between what names the record and the number of studies.
   * @param {HTMLTableRowElement} row
   */
  function answersOf(row) {
    return Array.from(row.cells).slice(2, -1);
  }

  /**
   * @param {HTMLElement} holder
   * @param {MediaQueryList} narrow
   */
  function choose(holder, narrow) {
    const names = answersOf(/** @type {HTMLTableRowElement} */ (Elements.one(holder, "thead tr")));
    const field = Elements.make("span", { class: "field of-narrow" });
    const select = Elements.make("select", { id: "matrix-answer" });
    field.append(Elements.make("label", { for: select.id }, Words.say("Answer")), select);
    names.forEach((name, index) => {
      select.appendChild(Elements.make("option", { value: String(index) }, (name.textContent ?? "").trim()));
    });
    select.appendChild(Elements.make("option", { value: "" }, Words.say("all")));
    function show() {
      for (const row of Elements.all(holder, "tbody tr")) {
        answersOf(/** @type {HTMLTableRowElement} */ (row)).forEach((cell, index) => {
          const isLeftOut = narrow.matches && select.value !== "" && select.value !== String(index);
          if (isLeftOut) cell.setAttribute("hidden", "until-found");
          else cell.removeAttribute("hidden");
        });
      }
    }
    select.addEventListener("input", show);
    narrow.addEventListener("change", show);
    holder.addEventListener("beforematch", () => {
      select.value = "";
      show();
    });
    Elements.one(holder, ".filters").appendChild(field);
    show();
  }

  function setUp() {
    const narrow = window.matchMedia("(max-width: 60em)");
    for (const holder of Elements.all(document, ".matrix:not(.short)")) choose(holder, narrow);
  }

  return { setUp };
})();
