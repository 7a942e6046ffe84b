/* The pathway a step at a time, read from the sections of the page; the way taken stands in the address, and nothing of
   a patient does. */

/**
 * @param {HTMLElement} holder
 * @param {HTMLElement} sections
 */
function setUpPathway(holder, sections) {
  const { make, button, copyOf } = Elements;
  const pathway = Steps.readFrom(sections);
  const asked = { questions: Steps.words(holder.dataset.card), ifTold: Steps.words(holder.dataset.ifTold) };

  /* What was ticked on the way to each address, until it is started again: kept by nothing but this page. */
  /** @type {WayTicks} */
  let ticks = {};

  /* Where what was ticked is to be seen again, as a list before it has changed since. */
  /** @type {Set<string>} */
  const stale = new Set();

  /**
   * @param {string} address
   * @param {boolean[]} states
   */
  function keep(address, states) {
    ticks[address] = states;
    stale.delete(address);
  }

  function forget() {
    ticks = {};
    stale.clear();
  }

  function readWay() {
    return Way.read(location.hash, pathway);
  }

  /** @param {string} address */
  function go(address) {
    location.hash = address;
  }

  /** @param {WayGone[]} way */
  function trailOf(way) {
    const name = Way.diseaseOf(way), disease = name ? pathway.section(name) : null;
    const trail = make("details", { class: "trail" });
    trail.append(make("summary", {}, `${Words.say("Step {number}", { number: way.length })}${disease ? ` · ${disease.dataset.name}` : ""}`));
    const list = trail.appendChild(make("ol", { "aria-label": Words.say("The way so far") }));
    for (const { step, answer, address } of Way.answered(way)) {
      list.appendChild(make("li")).append(make("a", { href: address }, step.label), Way.behind(step.label, answer));
    }
    return trail;
  }

  /**
   * What a step says, then what it tells of the disease.
   * @param {WayGone[]} way
   */
  function says(way) {
    const step = Way.lastOf(way);
    const own = Elements.all(pathway.sectionOfStep(step.name), ":scope > :is(.alarm-line, .told, .claim, .awaited)");
    const parts = own.map((part) => ({ part, isAlarm: part.classList.contains("alarm-line"), record: part.dataset.record ?? "" }));
    const ordered = Way.inOrder(parts, Way.tickedRecords(way, ticks)).map(({ part }) => part);
    return [...ordered, ...pathway.toldOf(Way.diseaseOf(way), step.tells)].map(copyOf);
  }

  /**
   * A box to tick for an item of a checklist, with its sources; it is ticked if that is expected in the disease of the way,
   * if a line of the checklist before was left open, or after a step of the way.
   * @param {HTMLElement} item
   * @param {number} index
   * @param {WayGone[]} way
   */
  function checkOf(item, index, way) {
    const text = Elements.one(item, ".item").textContent ?? "";
    const line = make("p", { class: "check" });
    const box = line.appendChild(make("input", { type: "checkbox", id: `check-${index}` }));
    line.append(make("label", { for: box.id }, text));
    const backing = Elements.one(item, ".backing");
    if ((backing.textContent ?? "").trim()) {
      const folded = line.appendChild(make("details", { class: "backing" }));
      folded.append(make("summary", { "aria-label": `${Words.say("Sources")}: ${text}` }, Words.say("Sources")), copyOf(backing));
    }
    const expected = Elements.all(item, ".expected").filter((each) => each.dataset.of === Way.diseaseOf(way)).map(copyOf);
    if (Way.isLeftOpen(way, ticks, index)) expected.push(make("span", { class: "expected" }, Words.say("left open in the list before")));
    const by = Way.cameBy(way, index).join("; ");
    if (by) expected.push(make("span", { class: "expected" }, Words.say("on this way: {steps}", { steps: by })));
    line.append(...expected);
    const here = Way.address(way), was = ticks[here]?.[index], since = Way.sinceAsked(way, ticks, index);
    if (since.isAnswered) line.append(make("span", { class: "expected" }, Words.say("answered on this way")));
    const isAsked = Way.lastOf(way).items[index].unless.length > 0;
    box.checked = was !== undefined && !stale.has(here) ? was : expected.length > 0 || since.isTicked || (was === true && !isAsked);
    return { line, box, leads: item.querySelector("a.way") !== null };
  }

  /**
   * A checklist has boxes to tick and one button, in two parts: the first ticked item that leads somewhere leads there.
   * @param {WayGone[]} way
   */
  function checklist(way) {
    const step = Way.lastOf(way), address = Way.address(way);
    const form = make("form", { class: "checklist", id: "checklist" });
    const goOn = make("button", { type: "submit", form: "checklist" });
    const checks = Elements.all(pathway.sectionOfStep(step.name), ".items li").map((item, index) => checkOf(item, index, way));
    form.append(...checks.map(({ line }) => line));
    const leading = checks.filter(({ leads }) => leads);
    const last = step.choices[step.choices.length - 1];
    const ticked = () => leading.findIndex(({ box }) => box.checked);
    const open = make("p", { class: "checked", role: "status" });
    const name = () => {
      const left = checks.filter(({ box }) => !box.checked).length, all = checks.length;
      goOn.textContent = ticked() >= 0 ? Words.say("Go on") : last.text;
      const said = left ? Words.say("Not ticked: {left} of {all}. It goes on all the same, and the card at the end names them.", { left, all }) : "";
      open.textContent = said;
    };
    if (!leading.length) form.append(open);
    const states = () => checks.map(({ box }) => box.checked);
    form.addEventListener("change", () => {
      keep(address, states());
      for (const each of Object.keys(ticks)) if (each.startsWith(`${address}/`)) stale.add(each);
      name();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(address, states());
      go(Way.addressAfter(way, ticked() >= 0 ? step.choices[ticked()] : last));
    });
    name();
    const choices = make("p", { class: "choices" });
    choices.append(goOn);
    return [form, choices];
  }

  /** @param {WayGone[]} way */
  function choices(way) {
    const found = Way.openChoices(way, pathway);
    const list = make("p", { class: Way.lastOf(way).kind === "outcome" ? "choices return" : "choices" });
    list.append(...found.map((choice) => button(choice.text, () => go(Way.addressAfter(way, choice)))));
    return list;
  }

  /* Answers that would cover a fifth of the screen are not stuck to its foot: a button that leads to them is, unless they
     are all on the first screen. */
  function fit() {
    for (const each of Elements.all(holder, ".to-answers")) each.remove();
    const list = Elements.all(holder, ".choices:not(.return)").find((each) => each.children.length > 1);
    if (!list) return;
    list.classList.remove("many");
    if (list.offsetHeight <= window.innerHeight / 5) return;
    list.classList.add("many");
    const depth = list.getBoundingClientRect().bottom - holder.getBoundingClientRect().top;
    if (!holder.querySelector(".current > :is(.told, .claim)") || depth < window.innerHeight - 64) return;
    const line = make("p", { class: "to-answers" });
    line.append(button(Words.say("To the {n} answers", { n: list.children.length }), () => {
      Elements.one(list, "button").focus({ preventScroll: true });
      list.scrollIntoView({ block: "end" });
    }));
    list.before(line);
  }

  /**
   * What asks for an alarm sign or a contraindication comes before what is to be read, its button after that: the button
   * is stuck to the foot of the screen within what follows the boxes, so that it never lies over one that was not seen.
   * @param {HTMLElement} current
   * @param {WayGone[]} way
   */
  function addParts(current, way) {
    const step = Way.lastOf(way);
    const parts = step.kind === "checklist" ? checklist(way) : [];
    const asksFirst = pathway.sectionOfStep(step.name).querySelector(".items a.way") !== null;
    if (asksFirst) current.append(parts[0]);
    if (step.kind !== "checklist" && step.kind !== "outcome" && Way.isUnticked(way, ticks)) {
      current.append(make("p", { class: "checked" }, Words.say("What was ticked is not known: an address does not keep it.")));
    }
    const after = asksFirst ? current.appendChild(make("div", { class: "after" })) : current;
    after.append(...says(way), ...(asksFirst ? parts.slice(1) : parts));
    if (step.kind === "outcome") {
      current.appendChild(make("p", { class: "end" })).append(make("strong", {}, Words.say("Here the path ends.")));
      if (!step.isUrgent) current.append(WayCard.draw(way, ticks, pathway, asked));
    }
    if (step.kind !== "outcome" && !parts.length && step.choices.length) current.append(choices(way));
  }

  /** @param {WayGone[]} way */
  function toolsOf(way) {
    const tools = make("p", { class: "tools" });
    tools.append(
      button(Words.say("Back"), () => go(Way.address(way.slice(0, -1)))),
      button(Words.say("Start again"), () => go(Way.address(way.slice(0, 1)))),
      button(Way.lastOf(way).kind === "outcome" ? Words.say("Print the card") : Words.say("Print this way"), () => window.print()),
    );
    if (navigator.clipboard && window.isSecureContext) tools.append(copyButton());
    return tools;
  }

  function copyButton() {
    const made = button(Words.say("Copy its address"), () => {
      navigator.clipboard.writeText(location.href).then(
        () => { made.textContent = Words.say("Copied"); },
        () => { made.textContent = Words.say("Not copied"); },
      );
    });
    return made;
  }

  /** @param {boolean} focus */
  function show(focus) {
    const way = readWay(), step = Way.lastOf(way);
    if (!way.some((gone) => gone.step.kind === "checklist")) forget();  // it may be another patient
    holder.textContent = "";
    if (way.length > 1) holder.append(trailOf(way));
    const kind = step.isUrgent ? "current urgent" : "current";
    const current = holder.appendChild(make("div", { class: kind, role: "group", "aria-live": "polite" }));
    const label = current.appendChild(make("p", { class: "question", tabindex: "-1" }, step.label));
    addParts(current, way);
    if (way.length > 1) holder.append(toolsOf(way));
    if (step.kind === "outcome" && step.choices.length) holder.append(choices(way));
    fit();
    if (!focus) return;
    label.focus({ preventScroll: true });
    holder.scrollIntoView();
  }

  /* Paper has the way, each step with the answer given, then what the screen shows, and where it is found again. */
  function addPrinted() {
    const printed = holder.appendChild(make("div", { class: "printed-way" }));
    const list = printed.appendChild(make("ol"));
    for (const { step, answer } of Way.answered(readWay())) {
      list.append(make("li", {}, step.label + Way.behind(step.label, answer)));
    }
    printed.append(make("p", {}, location.href));
  }

  window.addEventListener("beforeprint", addPrinted);
  window.addEventListener("afterprint", () => {
    for (const each of Elements.all(holder, ".printed-way")) each.remove();
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === "" || location.hash.startsWith("#way=")) show(true);
  });
  window.addEventListener("resize", fit);
  sections.hidden = true;
  /* An answer that was tapped before this script was there: its address is that of a section. */
  const tapped = pathway.first.choices.find((choice) => location.hash === `#node--${choice.name}`);
  if (tapped) history.replaceState(null, "", Way.addressAfter(readWay(), tapped));
  show(location.hash.startsWith("#way="));
}

const stepper = document.getElementById("stepper");
const stepSections = document.querySelector(".sections");
if (stepper && stepSections instanceof HTMLElement) setUpPathway(stepper, stepSections);
