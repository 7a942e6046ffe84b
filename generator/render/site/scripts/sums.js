/* Sums of doses: a weight as it is typed, and what a regimen is for it, in words. The generator makes the same sums. */
/**
 * A regimen as the page carries it: "0.4-0.5", "g/kg", how many grams a unit is for each kg, and when; what is said of
 * days that have no plain number; of a dose of each day how often its days come again, empty if that is not said.
 * @typedef {{
 *   amount: string, unit: string, factor: string, period: string, days?: string, daily?: string, unstated?: string,
 * }} SumRegimen
 */

const Sums = (() => {
  const POUND = 0.45359237;
  const JUST_BELOW = 1e-9; // what binary fractions may lack of the decimal that they stand for

  /** @param {string} text */
  function number(text) {
    return parseFloat(text.replace(",", "."));
  }

  /**
   * A weight in kg as people type it; pounds are refused with what they are in kg.
   * @param {string} text
   * @returns {{weight: number, error?: undefined} | {weight?: undefined, error: string}}
   */
  function readWeight(text) {
    const typed = /^(\d+(?:[.,]\d+)?)\s*([a-z.]*)$/i.exec(text.trim());
    if (text.trim() === "") return { error: Words.say("Enter a weight in kg.") };
    if (typed && /^(lbs?|pounds?)\.?$/i.test(typed[2])) {
      const given = number(typed[1]), values = { pounds: Words.decimals(given), weight: Words.decimals(pounds(given)) };
      return { error: Words.say("Enter the weight in kg: {pounds} lb are {weight} kg.", values) };
    }
    if (!typed || !/^((kgs?|kilos?|kilograms?|kilogrammes?)\.?)?$/i.test(typed[2])) {
      return { error: Words.say("Enter the weight as a number in kg, such as 70 or 70.5.") };
    }
    const weight = number(typed[1]);
    return weight < 1 || weight > 300 ? { error: Words.say("Enter a weight from 1 to 300 kg.") } : { weight };
  }

  /**
   * So many pounds in kg, to one decimal.
   * @param {number} weight
   */
  function pounds(weight) {
    return Math.round(weight * POUND * 10) / 10;
  }

  /**
   * Grams to one decimal, from 10 g on to the gram; halves go up.
   * @param {number} grams
   */
  function round(grams) {
    const scaled = Math.round((grams + JUST_BELOW) * 10) / 10;
    return scaled >= 10 ? Math.floor(grams + 0.5 + JUST_BELOW) : scaled;
  }

  /** @param {number} grams */
  function hundredths(grams) {
    return Math.round((grams + JUST_BELOW) * 100) / 100;
  }

  /**
   * @param {number} low
   * @param {number} high
   * @param {string} unit
   */
  function range(low, high, unit) {
    return `${low === high ? Words.decimals(low) : `${Words.decimals(low)}\u2013${Words.decimals(high)}`} ${unit}`;
  }

  /**
   * A number stays on the line of its unit.
   * @param {string} words
   */
  function joined(words) {
    return words.replace(/(\d) (?=[a-z%])/g, "$1\u00a0");
  }

  /**
   * So many grams, before rounding too where that changes them, and the volume that holds them, unrounded, at each
   * concentration (grams in 100 mL): of a day and in all they agree.
   * @param {number} low
   * @param {number} high
   * @param {string} what
   * @param {number[]} concentrations
   */
  function amount(low, high, what, concentrations) {
    const volumes = concentrations.map((concentration) => (
      Words.say("{volume} at {concentration}%", {
        volume: range(Math.round(low * 100 / concentration), Math.round(high * 100 / concentration), "mL"), concentration,
      })
    ));
    const shown = range(round(low), round(high), "g"), full = range(hundredths(low), hundredths(high), "g");
    return `${full === shown ? "" : `${Words.say("{grams}, about", { grams: full })} `}${shown} ${what}${volumes.length ? `: ${volumes.join(", ")}` : ""}`;
  }

  /**
   * The lines that say what a regimen is for a weight in kg: each time, and over its days if it has any.
   * @param {SumRegimen} regimen
   * @param {number} weight
   * @param {number[]} concentrations
   */
  function compute(regimen, weight, concentrations) {
    const amounts = regimen.amount.split("-").map(Number), factor = Number(regimen.factor) * weight;
    const low = amounts[0] * factor, high = amounts[amounts.length - 1] * factor;
    const said = `${regimen.amount.replace("-", "\u2013")} ${regimen.unit} \u00d7 ${Words.decimals(weight)} kg = `;
    const unstated = regimen.unstated?.replace(/(\d)-(?=\d)/, "$1\u2013");
    const period = unstated ? `${regimen.period}, ${unstated}` : regimen.period;
    const lines = [said + amount(low, high, period, concentrations)];
    if (!regimen.days) return lines;
    const days = regimen.days.split("-").map(Number), last = days[days.length - 1];
    const when = { days: regimen.days.replace("-", "\u2013") };
    const over = `${regimen.days === "1" ? Words.say("over {days} day", when) : Words.say("over {days} days", when)} `;
    return lines.concat(over + (regimen.daily !== undefined
      ? amount(low * days[0], high * last, [Words.say("in all"), regimen.daily].filter(Boolean).join(", "), concentrations)
      : amount(low / last, high / days[0], Words.say("each day"), concentrations)));
  }

  return { readWeight, pounds, round, joined, compute };
})();
