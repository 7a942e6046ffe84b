/* What is folded opens where a link leads into it, and on paper. */
const Folds = (() => {
  /* A link to what is folded, or into it, opens it, and whatever it is folded in. */
  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("details:not([open])")) return;
    for (let part = /** @type {Element | null} */ (target); part; part = part.parentElement) {
      if (part instanceof HTMLDetailsElement) part.open = true;
    }
    target.scrollIntoView();
  }

  /* Paper has everything: what is folded is unfolded for as long as the page is printed. Each side says in its
     margin which edition it is of, and where it is found. */
  function prepareForPrint() {
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    window.addEventListener("beforeprint", () => {
      const told = { edition: Edition.standing(), address: location.href };
      for (const [name, words] of Object.entries(told)) {
        document.documentElement.style.setProperty(`--${name}`, JSON.stringify(words));
      }
      opened = Array.from(document.querySelectorAll("details.fold:not([open])"));
      for (const each of opened) each.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const each of opened) each.open = false;
    });
  }

  return { openTarget, prepareForPrint };
})();
