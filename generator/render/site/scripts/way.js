/* A way through the pathway: the steps that were gone, each with the choice that led to it. No page is known here. */
/**
 * Where a step leads: the number of the choice, its words, the step; `unknown` is the question that must not be known
 * of the disease. An item or an answer says something of the patient, other choices lead on.
 * @typedef {{index: number, text: string, name: string, isAnswer: boolean, unknown: string}} WayChoice
 */
/**
 * A step as it is asked: `about` names its disease, if it is about a single one; `told` are the questions that it
 * answers, `tells` those that it answers of the disease of the way.
 * @typedef {{
 *   name: string, label: string, kind: string, stage: number, about: string, told: string[], tells: string[],
 *   isUrgent: boolean, isNegative: boolean, isUncited: boolean,
 *   items: {text: string, records: string[], leads: string, unless: string[], after: string[]}[], choices: WayChoice[],
 * }} WayStep
 */
/**
 * The choice that led to a step, null for the first; the answer that it gave, if it was one.
 * @typedef {{step: WayStep, choice: number | null, answer: string}} WayGone
 */
/**
 * What a way is read with: the first step, any by its name, and whether a question about a disease has no answer.
 * @typedef {{first: WayStep, stepOf: (name: string) => WayStep, isUnknown: (disease: string, question: string) => boolean}} WayMap
 */
/**
 * What was ticked, item by item, when each way led on, by its address.
 * @typedef {Record<string, boolean[] | undefined>} WayTicks
 */

const Way = (() => {
  /** @param {WayGone[]} way */
  function lastOf(way) {
    return way[way.length - 1].step;
  }

  /**
   * The way that an address tells, as far as its choices are open: #way=0.a/2.b
   * @param {string} hash
   * @param {WayMap} map
   */
  function read(hash, map) {
    /** @type {WayGone[]} */
    const way = [{ step: map.first, choice: null, answer: "" }];
    const told = /^#way=(.+)$/.exec(hash);
    for (const part of told ? told[1].split("/") : []) {
      const named = /^(\d+)\.([a-z0-9-]+)$/.exec(part);
      const choice = named && openChoices(way, map).find((each) => each.index === Number(named[1]));
      if (!choice || choice.name !== named[2]) break;
      way.push({ step: map.stepOf(choice.name), choice: choice.index, answer: choice.isAnswer ? choice.text : "" });
    }
    return way;
  }

  /** @param {WayGone[]} way */
  function address(way) {
    return `#way=${way.slice(1).map((gone) => `${gone.choice}.${gone.step.name}`).join("/")}`;
  }

  /**
   * The address of a way that a choice of its last step leads on.
   * @param {WayGone[]} way
   * @param {WayChoice} choice
   */
  function addressAfter(way, choice) {
    return `${address(way)}${way.length > 1 ? "/" : ""}${choice.index}.${choice.name}`;
  }

  /**
   * The disease of a way is that of its last step about a single one.
   * @param {WayGone[]} way
   */
  function diseaseOf(way) {
    return way.reduce((found, gone) => gone.step.about || found, "");
  }

  /**
   * The choices that are open: for a disease of which the answer to a question is not known that of the gap alone.
   * @param {WayGone[]} way
   * @param {WayMap} map
   */
  function openChoices(way, map) {
    const disease = diseaseOf(way), choices = lastOf(way).choices;
    const gaps = choices.filter((choice) => choice.unknown && map.isUnknown(disease, choice.unknown));
    return gaps.length ? gaps : choices.filter((choice) => !choice.unknown);
  }

  /**
   * Whether a way has told the answer to a question, and does not end in a stage before that: what was given up then.
   * @param {WayGone[]} way
   * @param {string} question
   */
  function hasTold(way, question) {
    return way.some(({ step }) => step.told.includes(question) && step.stage <= lastOf(way).stage);
  }

  /**
   * The records of the items that were ticked at the last checklist before, each time that it was asked.
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   */
  function tickedRecords(way, ticks) {
    const before = way.slice(0, -1);
    const asked = before.filter(({ step }) => step.kind === "checklist").pop();
    return before.flatMap(({ step }, index) => {
      const states = asked?.step.name === step.name ? ticks[address(way.slice(0, index + 1))] ?? [] : [];
      return step.items.flatMap((item, number) => states[number] ? item.records : []);
    });
  }

  /**
   * Where the last of some steps before the end of a way stands in it, -1 where none does.
   * @param {WayGone[]} way
   * @param {(step: WayStep) => boolean} isMeant
   */
  function lastBefore(way, isMeant) {
    return way.slice(0, -1).map(({ step }) => isMeant(step)).lastIndexOf(true);
  }

  /**
   * Whether an item of the last step was followed, from a place in the way on, to where it leads: it is dealt with.
   * @param {WayGone[]} way
   * @param {number} from
   * @param {number} number of the item
   */
  function isSettled(way, from, number) {
    return way.slice(from + 1).some(({ step }) => step.name === lastOf(way).items[number].leads);
  }

  /**
   * Whether a line that was to be ticked for an item not to be was left open in the checklist that comes before, as far as
   * is known, and the item is not dealt with since.
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   * @param {number} number of the item
   */
  function isLeftOpen(way, ticks, number) {
    const [name, ...lines] = lastOf(way).items[number].unless;
    const asked = lastBefore(way, (step) => step.name === name);
    if (asked < 0 || isSettled(way, asked, number)) return false;
    const states = ticks[address(way.slice(0, asked + 1))] ?? [];
    return lines.some((line) => !states[Number(line)]);
  }

  /**
   * Where the ways of earlier infusions end: behind the last step of a later stage. A stop is of this infusion.
   * @param {WayGone[]} way
   */
  function begunAt(way) {
    return lastBefore(way, (step) => step.stage > lastOf(way).stage && !step.isUrgent) + 1;
  }

  /**
   * The steps and answers of this infusion for which an item of the end of its way is ticked.
   * @param {WayGone[]} way
   * @param {number} number of the item
   */
  function cameBy(way, number) {
    const gone = answered(way).slice(begunAt(way));
    const found = gone.flatMap(({ step, answer }) => [[step.name, step.label], [answer, answer]]);
    const after = lastOf(way).items[number].after;
    return [...new Set(found.filter(([name]) => after.includes(name)).map(([, words]) => words))];
  }

  /**
   * What became of an item since the same checklist was asked before for this infusion: whether it is still ticked, or was
   * answered on the way to here. At the next infusion all is asked for anew: what was known then may not be known now.
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   * @param {number} number of the item
   */
  function sinceAsked(way, ticks, number) {
    const asked = lastBefore(way, (step) => step.name === lastOf(way).name);
    if (asked < begunAt(way)) return { isTicked: false, isAnswered: false };
    const isAnswered = isSettled(way, asked, number);
    return { isTicked: !isAnswered && (ticks[address(way.slice(0, asked + 1))] ?? [])[number] === true, isAnswered };
  }

  /**
   * Whether a checklist was passed of which nothing is known, as where the way was opened by its address.
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   */
  function isUnticked(way, ticks) {
    return answered(way).some(({ step, address }) => step.kind === "checklist" && !ticks[address]);
  }

  /**
   * Parts in the order in which they are read: alarms, and what is of the ticked records, come first.
   * @template {{isAlarm: boolean, record: string}} T
   * @param {T[]} parts
   * @param {string[]} ticked
   */
  function inOrder(parts, ticked) {
    const isFirst = (/** @type {T} */ part) => part.isAlarm || ticked.includes(part.record);
    return [...parts.filter(isFirst), ...parts.filter((part) => !isFirst(part))];
  }

  /**
   * The steps that were gone, each with the answer that was given to it.
   * @param {WayGone[]} way
   */
  function answered(way) {
    return way.slice(0, -1).map(({ step }, index) => ({ step, answer: way[index + 1].answer, address: address(way.slice(0, index + 1)) }));
  }

  /**
   * How an answer is written behind what was asked.
   * @param {string} label
   * @param {string} answer
   */
  function behind(label, answer) {
    if (!answer) return "";
    return label.endsWith("?") ? ` ${answer}` : `: ${answer}`;
  }

  /**
   * The checks that were passed, and what a specialist decided where nothing is cited: what was answered, and of each
   * item whether it was ticked, if that is known: an address does not keep it.
   * @param {WayGone[]} way
   * @param {WayTicks} ticks
   */
  function checksOf(way, ticks) {
    return answered(way).flatMap(({ step, answer, address }) => {
      const isList = step.kind === "checklist";
      if (!isList && !(step.isUncited && answer)) return [];
      const states = ticks[address] ?? [];
      const itemsThat = (/** @type {boolean} */ state) => step.items.filter((_, number) => states[number] === state);
      const textsOf = (/** @type {boolean} */ state) => itemsThat(state).map((item) => item.text);
      const text = step.label + behind(step.label, answer);
      return [{ text, ticked: textsOf(true), unticked: textsOf(false), isKnown: !isList || states.length > 0 }];
    });
  }

  /**
   * The questions that the card at an end answers of the disease, and whether all that the way had to tell is among
   * them: then something is given, and the harms to watch for are shown too.
   * @param {WayGone[]} way
   * @param {string[]} questions
   * @param {string[]} ifTold
   */
  function cardOf(way, questions, ifTold) {
    const isNegative = lastOf(way).isNegative;
    const shown = questions.filter((each) => !ifTold.includes(each) || (!isNegative && hasTold(way, each)));
    return { questions: shown, isGiven: ifTold.every((each) => shown.includes(each)) };
  }

  return {
    lastOf, read, address, addressAfter, diseaseOf, openChoices, hasTold, tickedRecords, isLeftOpen, cameBy, sinceAsked, isUnticked, inOrder, answered, behind, checksOf, cardOf,
  };
})();
