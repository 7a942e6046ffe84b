/* Words in the language of the interface: English as they stand in the scripts, or as the catalogue of the site has them. */
/** @type {Record<string, string>} */
const SAID = {};

const Words = (() => {
  /**
   * Words, with values in the place of {name}.
   * @param {string} words
   * @param {Record<string, string | number>} [values]
   */
  function say(words, values = {}) {
    return (SAID[words] ?? words).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  /**
   * The words for a number, which stands in the place of {n}.
   * @param {number} n
   * @param {string} one
   * @param {string} many
   * @param {Record<string, string | number>} [values]
   */
  function plural(n, one, many, values = {}) {
    return say(n === 1 ? one : many, { n, ...values });
  }

  /**
   * A number with the decimal sign of the language.
   * @param {number} value
   */
  function decimals(value) {
    const [whole, part] = String(value).split(".");
    return part ? say("{whole}.{part}", { whole, part }) : whole;
  }

  /**
   * A day, which is given as 2026-11-24.
   * @param {string} text
   */
  function date(text) {
    const [year, month, day] = text.split("-");
    return day ? say("{year}-{month}-{day}", { year, month, day }) : text;
  }

  return { say, plural, decimals, date };
})();
