/* The edition that a page is of: what the page says of it and of its standing, and whether its time is over. */
const Edition = (() => {
  /* On one line, without what leads elsewhere. */
  function standing() {
    const [told, leads] = [".standing", ".standing .leads"].map((each) => Elements.lineOf(document.querySelector(each)));
    return told.replace(leads, "").trim();
  }

  /**
   * An edition holds until a day, and on it. Both days are written as 2026-11-24.
   * @param {string} today
   * @param {string} expires
   */
  function isOver(today, expires) {
    return today > expires;
  }

  /* The reader's clock says that the time of an edition is over. */
  function markExpired() {
    const today = new Date().toISOString().slice(0, 10);
    for (const line of Elements.all(document, ".standing [data-expires]")) {
      if (isOver(today, line.dataset.expires ?? "")) line.prepend(Elements.make("strong", { class: "mark" }, Words.say("Expired.")), " ");
    }
  }

  return { standing, isOver, markExpired };
})();
