/* The page of doses: one disease at a time, grams and volumes for a body weight, a result to print. The regimens stand
   on the page; nothing else is known here. */

function today() {
  const date = new Date();
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @param {HTMLFormElement} form */
function setUpCalculator(form) {
  const disease = /** @type {HTMLSelectElement} */ (Elements.one(form, "#disease"));
  const field = /** @type {HTMLInputElement} */ (Elements.one(form, "#weight"));
  const volumes = /** @type {HTMLInputElement | null} */ (document.getElementById("volumes"));
  const error = Elements.one(document, "#weight-error");
  const result = Elements.one(document, "#weight-result");
  const line = Elements.one(result, ".result-line");
  const grams = Elements.one(result, ".result-grams");
  const print = Elements.one(document, "#print-doses");
  const sections = Elements.all(document, ".topic-doses");
  const list = Elements.one(document, ".topics");
  /** @type {number | null} */
  let computed = null;

  /** @param {HTMLElement} section */
  function anchorOf(section) {
    return Elements.one(section, "h2").id;
  }

  /** @param {string} anchor */
  function show(anchor) {
    for (const section of sections) section.hidden = anchor !== "all" && anchorOf(section) !== anchor;
    list.hidden = anchor !== "";
    for (const link of Elements.all(document, ".md-nav__link--active")) link.classList.remove("md-nav__link--active");
  }

  /**
   * The disease stands in the address, so that it can be sent and kept.
   * @param {string} anchor
   */
  function choose(anchor) {
    disease.value = anchor;
    show(anchor);
    if (computed) compute();
  }

  function readAddress() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const section = target && target.closest(".topic-doses");
    if (!target || !(section instanceof HTMLElement)) return;
    choose(anchorOf(section));
    target.scrollIntoView();
  }

  function clear() {
    computed = null;
    line.textContent = grams.textContent = "";
    print.hidden = true;
    for (const words of Elements.all(document, ".regimen .grams")) if (words.closest("[data-amount]")) words.textContent = "";
    for (const note of Elements.all(document, ".weight-note")) note.hidden = true;
  }

  /** @param {number} weight */
  function fill(weight) {
    const wanted = volumes?.checked ? (form.dataset.concentrations ?? "").split(" ").map(Number) : [];
    for (const regimen of Elements.all(document, ".regimen[data-amount]")) {
      const words = Elements.one(regimen, ".grams");
      const said = Sums.compute(/** @type {any} */ (regimen.dataset), weight, wanted);
      words.append(...said.map((each) => Elements.make("span", {}, Sums.joined(each))));
    }
    for (const note of Elements.all(document, ".weight-note")) {
      note.hidden = weight < Number(note.dataset.from || 0) || weight >= Number(note.dataset.below || Infinity);
    }
    for (const words of Elements.all(document, ".pounds")) {
      words.textContent = Words.say("Is that pounds? {pounds} lb are {weight} kg.", { pounds: Words.decimals(weight), weight: Words.decimals(Sums.pounds(weight)) });
    }
  }

  /**
   * What sources lean against first, then the grams of each regimen, or that none are computed, with its role, patients,
   * marks and passages, what is asked of the weight, and its claim, as that may say when to give less.
   * @param {HTMLElement} section
   */
  function addGrams(section) {
    grams.append(...Elements.all(section, ".against").map(Elements.copyOf));
    const items = grams.appendChild(Elements.make("ul"));
    for (const regimen of Elements.all(section, ".regimen")) {
      const item = items.appendChild(Elements.make("li"));
      const lines = Elements.all(regimen, ".grams span").map((each) => each.textContent);
      const uncomputed = Elements.all(regimen, ".regimen-name > strong, .grams").map((each) => each.textContent);
      item.append(Elements.make("a", { href: `#${regimen.id}` }, lines.length ? lines.join("; ") : uncomputed.join(". ")));
      for (const each of Elements.all(regimen, ":is(.role, .population, .sources .mark, .passage)")) {
        item.append(" ", Elements.copyOf(each));
      }
      for (const note of Elements.all(regimen, ".weight-note:not([hidden])")) {
        item.appendChild(Elements.make("span", { class: "asked" })).append(...Elements.copyOf(note).childNodes);
      }
      item.append(Elements.copyOf(Elements.one(regimen, ".says")));
    }
  }

  function compute() {
    const read = disease.value ? Sums.readWeight(field.value) : { error: Words.say("Choose a disease first.") };
    clear();
    error.textContent = read.error ?? "";
    (disease.value ? field : disease).setAttribute("aria-invalid", read.error ? "true" : "false");
    if (!("weight" in read) || read.weight === undefined) return;
    disease.setAttribute("aria-invalid", "false");
    computed = read.weight;
    fill(computed);
    print.hidden = false;
    const chosen = disease.value === "all" ? Words.say("All diseases") : disease.selectedOptions[0].textContent;
    line.textContent = `${chosen}, ${Sums.joined(`${Words.decimals(computed)} kg. `)}${Words.say("Multiplication of cited regimens; not advice.")}`;
    line.append(Elements.make("span", { class: "printed-on" }));
    sections.filter((section) => anchorOf(section) === disease.value).forEach(addGrams);
  }

  form.hidden = false;
  disease.addEventListener("change", () => {
    const isOne = disease.value !== "" && disease.value !== "all";
    history.replaceState(null, "", isOne ? `#${disease.value}` : location.pathname + location.search);
    choose(disease.value);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compute();
    if (!computed) {
      const wrong = disease.value ? field : disease;
      wrong.focus({ preventScroll: true });
      wrong.scrollIntoView({ block: "nearest" });
      return;
    }
    result.focus({ preventScroll: true });
    result.scrollIntoView();
  });
  volumes?.addEventListener("change", () => {
    if (computed) compute();
  });
  print.addEventListener("click", () => window.print());
  window.addEventListener("hashchange", readAddress);
  /* Paper has the date, and every disease where none was chosen. */
  window.addEventListener("beforeprint", () => {
    if (!disease.value) show("all");
    for (const words of Elements.all(document, ".printed-on")) words.textContent = ` ${Words.say("Printed on {date}.", { date: Words.date(today()) })}`;
  });
  window.addEventListener("afterprint", () => show(disease.value));
  clear();
  show("");
  readAddress();
}

const weightForm = document.getElementById("weight-form");
if (weightForm instanceof HTMLFormElement) setUpCalculator(weightForm);
