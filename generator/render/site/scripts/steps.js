/* The steps of the pathway as they stand in the sections of the page. A section is text until it is reached: markup of
   this page, in a noscript. */
const Steps = (() => {
  /** @param {string | undefined} text */
  function words(text) {
    return text ? text.split(" ") : [];
  }

  /** @param {Element | null} folded */
  function build(folded) {
    if (folded) folded.outerHTML = folded.textContent ?? "";
  }

  /**
   * Items that lead somewhere come first, then answers.
   * @param {HTMLElement} section
   */
  function choicesOf(section) {
    return Elements.all(section, "a.way").map((way, index) => ({
      index,
      text: (way.textContent ?? "").trim(),
      name: (way.getAttribute("href") ?? "").replace("#node--", ""),
      isAnswer: !way.classList.contains("on"),
      unknown: way.dataset.unknown ?? "",
    }));
  }

  /**
   * @param {HTMLElement} section
   * @returns {WayStep}
   */
  function stepOf(section) {
    return {
      name: section.id.replace("node--", ""),
      label: (Elements.one(section, ".node-label").textContent ?? "").trim(),
      kind: section.dataset.kind ?? "",
      stage: Number(section.dataset.stage),
      about: section.dataset.disease ?? "",
      told: words(section.dataset.told),
      tells: words(section.dataset.tells),
      isUrgent: section.classList.contains("urgent"),
      isNegative: section.dataset.negative !== undefined,
      isUncited: section.classList.contains("none"),
      items: Elements.all(section, ".items .item").map((item) => ({
        text: item.textContent ?? "",
        records: words(item.dataset.records),
        unless: words(item.dataset.unless),
        after: words(item.dataset.after),
      })),
      choices: choicesOf(section),
    };
  }

  /** @param {HTMLElement} sections */
  function readFrom(sections) {
    build(sections.querySelector("noscript"));
    const first = stepOf(Elements.one(sections, ".node"));

    /** @param {string} id */
    function section(id) {
      build(sections.querySelector(`noscript[data-of="${id}"]`));
      return document.getElementById(id);
    }

    /** @param {string} name */
    function sectionOfStep(name) {
      const found = section(`node--${name}`);
      if (!found) throw new Error(`no step ${name}`);
      return found;
    }

    /**
     * What is told of a disease: the answers to some questions, in their order.
     * @param {string} disease
     * @param {string[]} questions
     */
    function toldOf(disease, questions) {
      const about = disease ? section(disease) : null;
      return questions.flatMap((question) => about ? Elements.all(about, `.told[data-question="${question}"]`).slice(0, 1) : []);
    }

    /**
     * @param {string} disease
     * @param {string} question
     */
    function isUnknown(disease, question) {
      return toldOf(disease, [question]).some((told) => told.dataset.notKnown !== undefined);
    }

    return { first, section, sectionOfStep, stepOf: (/** @type {string} */ name) => stepOf(sectionOfStep(name)), toldOf, isUnknown };
  }

  return { words, stepOf, readFrom };
})();
