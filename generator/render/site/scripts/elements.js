/* Making and finding the elements of a page. */
const Elements = (() => {
  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} [attributes]
   * @param {string} [text]
   */
  function make(tag, attributes = {}, text) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /**
   * A button that does something when it is pressed.
   * @param {string} text
   * @param {() => void} act
   * @param {Record<string, string>} [attributes]
   */
  function button(text, act, attributes = {}) {
    const made = make("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  }

  /**
   * All that a selector finds, in order.
   * @param {ParentNode} root
   * @param {string} selector
   * @returns {HTMLElement[]}
   */
  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }

  /**
   * What a selector finds first, which is there.
   * @param {ParentNode} root
   * @param {string} selector
   * @returns {HTMLElement}
   */
  function one(root, selector) {
    const found = root.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`${selector} is missing`);
    return found;
  }

  /** @param {Element} element */
  function copyOf(element) {
    return /** @type {HTMLElement} */ (element.cloneNode(true));
  }

  /**
   * The text of an element on one line.
   * @param {Element | null} element
   */
  function lineOf(element) {
    return (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  return { make, button, all, one, copyOf, lineOf };
})();
