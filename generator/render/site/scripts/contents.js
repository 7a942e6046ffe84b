/* The line of a page's parts on a narrow screen marks the part that is read, and brings it into sight. */
const Contents = (() => {
  /** @param {HTMLElement} line */
  function follow(line) {
    const links = /** @type {HTMLAnchorElement[]} */ (Elements.all(line, "a"));
    const begun = links.filter(({ hash }) => {
      const part = document.getElementById(hash.slice(1));
      return part?.checkVisibility() && part.getBoundingClientRect().top < 90;
    }).pop();
    if (!line.offsetHeight || begun?.hasAttribute("aria-current")) return;
    for (const link of links) link.removeAttribute("aria-current");
    begun?.setAttribute("aria-current", "true");
    line.scrollLeft = begun ? line.scrollLeft + begun.getBoundingClientRect().left - 40 : 0;
  }

  function setUp() {
    for (const line of Elements.all(document, ".contents")) {
      document.addEventListener("scroll", () => requestAnimationFrame(() => follow(line)), { passive: true });
    }
  }

  return { setUp };
})();
