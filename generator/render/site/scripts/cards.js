/* A card opens on a numbered citation by pointer, focus or tap; Escape or leaving closes it. It has one link, to the
   passage, and Tab passes that by: Enter on the citation goes to it. Its other links stand with the source below. */
const Cards = (() => {
  /** @type {{chip: HTMLElement, card: HTMLElement} | null} */
  let open = null;

  function close() {
    if (!open) return;
    open.card.remove();
    open.chip.setAttribute("aria-expanded", "false");
    open = null;
  }

  /** @param {HTMLElement} chip */
  function openOn(chip) {
    if (open && open.chip === chip) return;
    close();
    const source = document.getElementById((chip.getAttribute("href") ?? "").slice(1));
    if (!source) return;
    const label = chip.getAttribute("aria-label") ?? "";
    const card = Elements.make("span", { class: "card", id: "citation-card", role: "group", "aria-label": label });
    for (const node of source.childNodes) card.appendChild(node.cloneNode(true));
    for (const link of Elements.all(card, "a")) link.replaceWith(Elements.make("span", {}, link.textContent ?? ""));
    card.append(
      Elements.make("br"),
      Elements.make("a", { class: "passage", href: chip.dataset.passage ?? "", tabindex: "-1" }, Words.say("Open the passage in PubMed")),
    );
    chip.after(card);
    chip.setAttribute("aria-expanded", "true");
    open = { chip, card };
    keepInSight(card);
  }

  /** @param {HTMLElement} card */
  function keepInSight(card) {
    const overflow = card.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (overflow > 0) card.style.marginLeft = `${-overflow}px`;
    const left = card.getBoundingClientRect().left - 8;
    if (left < 0) card.style.marginLeft = `${parseFloat(card.style.marginLeft || "0") - left}px`;
  }

  /**
   * Whether something is neither of the open card nor its citation.
   * @param {EventTarget | Element | null} target
   */
  function isElsewhere(target) {
    return open !== null && target instanceof Node && !open.card.contains(target) && target !== open.chip;
  }

  /**
   * @param {HTMLElement} chip
   * @param {MouseEvent} event
   */
  function press(chip, event) {
    event.preventDefault();
    const wasOpen = open?.chip === chip;
    openOn(chip);
    if (wasOpen && !event.detail) open?.card.querySelector("a")?.focus();
  }

  function setUp() {
    for (const chip of Elements.all(document, "a.number")) {
      chip.setAttribute("aria-expanded", "false");
      chip.addEventListener("mouseenter", () => openOn(chip));
      chip.addEventListener("focus", () => openOn(chip));
      chip.addEventListener("click", (event) => press(chip, event));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open) return;
      if (open.card.contains(document.activeElement)) open.chip.focus();
      close();
    });
    for (const kind of ["focusin", "click"]) {
      document.addEventListener(kind, (event) => {
        if (isElsewhere(event.target)) close();
      });
    }
    document.addEventListener("mouseover", (event) => {
      if (isElsewhere(event.target) && isElsewhere(document.activeElement)) close();
    });
  }

  return { setUp };
})();
