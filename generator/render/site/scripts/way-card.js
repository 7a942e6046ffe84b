/* The card at the end of a way: what is told of the disease, what was asked, and the harms to watch for. */
const WayCard = (() => {
  const { make, copyOf } = Elements;

  /** @param {ReturnType<typeof Way.checksOf>} checks */
  function listOf(checks) {
    const list = make("ul", { class: "checks" });
    for (const check of checks) {
      const item = list.appendChild(make("li", {}, check.text));
      if (!check.isKnown) {
        item.append(make("div", { class: "checked" }, Words.say("What was ticked is not known: an address does not keep it.")));
      }
      for (const [name, labels] of /** @type {[string, string[]][]} */ ([[Words.say("Ticked: "), check.ticked], [Words.say("Not ticked: "), check.unticked]])) {
        if (!labels.length) continue;
        item.appendChild(make("div", { class: "checked" })).append(make("strong", {}, name), labels.join("; "));
      }
    }
    return list;
  }

  /**
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   * @param {ReturnType<typeof Steps.readFrom>} pathway
   * @param {{questions: string[], ifTold: string[]}} asked
   */
  function draw(way, ticks, pathway, asked) {
    const card = make("section", { class: "way-card", "aria-label": Words.say("Card of this way") });
    const name = Way.diseaseOf(way), disease = name ? pathway.section(name) : null;
    const { questions, isGiven } = Way.cardOf(way, asked.questions, asked.ifTold);
    if (disease) card.append(copyOf(Elements.one(disease, ".disease-name")));
    card.append(make("p", { class: "standing" }, Edition.standing()), ...pathway.toldOf(name, questions).map(copyOf));
    const checks = Way.checksOf(way, ticks);
    if (checks.length) card.append(make("p", { class: "card-title" }, Words.say("Asked on this way")), listOf(checks));
    const harms = isGiven ? pathway.section("card--harms") : null;
    if (harms) card.appendChild(copyOf(harms)).removeAttribute("id");
    const awaited = disease?.querySelector(":scope > .awaited");
    if (awaited) card.append(copyOf(awaited));
    return card;
  }

  return { draw };
})();
