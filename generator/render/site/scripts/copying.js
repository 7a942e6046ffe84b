/* A claim is copied with its sources and marks, its address, and the version it was copied from. */
const Copying = (() => {
  /**
   * What is copied of a claim. In a folder its address is its id.
   * @param {string} quotation
   * @param {string} page
   * @param {string} id
   * @param {string} standing
   */
  function textOf(quotation, page, id, standing) {
    return `${quotation} ${page}#${id} (${standing})`;
  }

  function pageOf() {
    const record = document.querySelector(".group code");
    return location.protocol === "file:" && record ? record.textContent ?? "" : location.href.split("#")[0];
  }

  /** @param {string} text */
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = Elements.make("textarea", { class: "off-screen" });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  /**
   * @param {HTMLElement} claim
   * @param {HTMLElement} said
   */
  function addButton(claim, said) {
    const button = Elements.make("button", { type: "button", class: "copy", title: Words.say("Copy the claim with its citation") });
    const say = (/** @type {string} */ words) => {
      button.textContent = words;
      button.setAttribute("aria-label", Words.say("{words}: the claim {name}", { words, name: claim.id }));
    };
    say(Words.say("Copy"));
    button.addEventListener("click", async () => {
      const text = textOf(claim.dataset.quotation ?? "", pageOf(), claim.id, Edition.standing());
      say(await copy(text).then(() => Words.say("Copied"), () => Words.say("Not copied")));
      said.textContent = button.textContent;
    });
    Elements.one(claim, ":scope > .statement").appendChild(button);
  }

  function setUp() {
    const claims = Elements.all(document, ".claim[id]");
    if (!claims.length) return;
    const said = document.body.appendChild(Elements.make("span", { role: "status", class: "off-screen" }));
    for (const claim of claims) addButton(claim, said);
  }

  return { textOf, setUp };
})();
