/* The search box, in the manners of the theme: `/`, `f` or `s` opens it, arrows go through what is found, Enter opens the
   first or the chosen, Escape closes. What it looks through is loaded when the box is first used, by scripts, as a folder
   without a server allows no other way; claims and sources come after the rest. */

/** @param {HTMLElement} box */
function setUpSearch(box) {
  const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input")), form = /** @type {HTMLFormElement} */ (box.querySelector("form"));
  const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]")), list = /** @type {HTMLElement} */ (box.querySelector("ol"));
  const root = new URL(`${box.dataset.root}/`, location.href);
  /** @type {((query: string) => void) | null} */
  let hits = null;
  let isLoading = false, entered = false;

  /**
   * @param {string} path
   * @returns {Promise<void>}
   */
  function load(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, root).href;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(path)));
      document.head.appendChild(script);
    });
  }

  /**
   * Take the steps of a long work a few at a time, and let the reader type between them.
   * @param {Iterator<unknown>} steps
   * @param {() => void} done
   */
  function go(steps, done) {
    const end = performance.now() + 12;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) done();
    else setTimeout(go, 0, steps, done);
  }

  async function start() {
    if (isLoading) return;
    isLoading = true;
    try {
      await Promise.all(["assets/minisearch.js", "scripts/search.js", "scripts/search-hits.js", "search/first.js"].map(load));
      const search = new self.SiteSearch();
      search.addFirst(self.searchData.first);
      hits = self.SiteHits(box, search);
      show();
      await load("search/rest.js");
      go(search.addRest(self.searchData.rest), () => {
        box.dataset.loaded = "all";
        show();
      });
    } catch (error) {
      isLoading = false; // tried again when the box is next used
      said.textContent = Words.say("The search could not be loaded ({error}).", { error: error instanceof Error ? error.message : String(error) });
    }
  }

  /* What is found for what stands in the box; an Enter that came before the search was there follows. */
  function show() {
    const query = input.value.trim();
    list.textContent = "";
    if (query && hits) hits(query);
    else said.textContent = query ? Words.say("Loading the search") : Words.say("Type to start searching");
    if (entered) follow();
  }

  function follow() {
    const first = list.querySelector("a");
    entered = !first && box.dataset.loaded !== "all";
    if (first) first.click();
  }

  /* On a phone the box cannot take the focus until it is open: what is loaded must not wait for that. */
  function open() {
    start();
    if (!toggle.checked) toggle.click();
    input.focus();
  }

  function close() {
    entered = false;
    if (toggle.checked) toggle.click();
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && box.contains(focused)) focused.blur();
  }

  /**
   * Go to the next or the previous link that is found; from the first back into the box.
   * @param {number} by
   */
  function move(by) {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    stops[(Math.max(at, 0) + by + stops.length) % stops.length].focus();
  }

  input.addEventListener("focus", open);
  input.addEventListener("input", () => { // whatever typed it: keys, a paste, dictation
    entered = false;
    show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  form.addEventListener("reset", () => {
    setTimeout(() => {
      show();
      input.focus();
    });
  });
  list.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) close();
  });
  toggle.addEventListener("change", () => {
    if (!toggle.checked) return input.blur();
    start();
    input.focus();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) close();
  });
  box.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") close();
    else if (step) move(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !/^[fs/]$/.test(event.key)) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    open();
  });

  /* An address may ask: `?q=`. */
  const asked = new URLSearchParams(location.search).get("q");
  if (!asked) return;
  input.value = asked;
  open();
  show();
}

const searchBox = document.querySelector(".md-search");
if (searchBox instanceof HTMLElement) setUpSearch(searchBox);
