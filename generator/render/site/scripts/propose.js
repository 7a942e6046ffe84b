/* The page on which a change is proposed: which fields are shown, what is kept of them in the browser until it is sent, and
   how it is sent: as an issue, a file or by the clipboard. Nothing goes over the network by itself. */
/**
 * @param {HTMLDataListElement} list
 * @param {[string, string?][]} options
 */
function suggest(list, options) {
  list.replaceChildren(...options.map(([value, words]) => Elements.make("option", { value }, words)));
}

/**
 * @param {HTMLFormElement} place
 * @param {ProposalForm} form
 */
function setUpProposal(place, form) {
  const rules = new ProposalRules(form);
  const say = rules.say.bind(rules);
  const query = new URLSearchParams(location.search);
  const asked = query.get("record") ?? "";
  const askedClaim = query.get("claim") ?? "";
  const drafts = ProposalDrafts.under(`proposal ${form.name}`);
  const kinds = Elements.one(place, ".kinds");
  const body = Elements.one(place, ".fields");
  const state = Elements.one(place, ".state");
  const elsewhere = Elements.one(place, ".elsewhere");
  const wrong = Elements.one(place, ".wrong");
  const sending = Elements.one(place, ".sending");
  const area = /** @type {HTMLTextAreaElement} */ (Elements.one(sending, "textarea"));
  const done = Elements.one(sending, ".done");
  const file = /** @type {HTMLAnchorElement} */ (Elements.one(sending, ".file"));
  const issue = /** @type {HTMLAnchorElement} */ (Elements.one(sending, ".issue"));
  const listed = (/** @type {string} */ id) => /** @type {HTMLDataListElement} */ (Elements.one(place, `#proposal-${id}`));
  const records = Object.entries(form.records);
  let what = "claim";
  let blank = "";
  let fields = new ProposalFields(say, () => "").group({ fields: [] }, true);

  /** @param {ProposalField} field */
  function listOf(field) {
    if (field.key === "record") return "proposal-records";
    if (field.key === "name" && what === "error") return "proposal-places";
    return field.rule === "id-form" && field.pattern?.includes("#") ? "proposal-claims" : "";
  }

  const questionsOf = (/** @type {string} */ record) => form.questions[record.split("/")[0]] ?? [];

  /* The record decides which questions there are, and which claims are at hand. */
  function follow() {
    const record = fields.parts.record?.read() ?? "";
    const own = form.claims[record] ?? [];
    suggest(listed("claims"), [...own.map((name) => `${record}#${name}`), ...(form.shows[record] ?? [])].map((id) => [id]));
    suggest(listed("places"), [...own, ...questionsOf(record).map(([id]) => `answer--${id}`)].map((id) => [id]));
    if (what !== "answer") return;
    const before = fields.parts.name.read();
    fields.parts.name.offer?.([["", questionsOf(record).map(([id, name, asks]) => [id, `${name}: ${asks}`])]]);
    fields.parts.name.fill(before);
  }

  /** @param {string} name */
  function show(name) {
    what = name;
    const isChosen = (/** @type {ProposalField} */ field) =>
      (field.key === "record" && name !== "error") || (field.key === "name" && name === "answer");
    const described = form.kinds[name].fields.map((field) =>
      isChosen(field) ? { ...field, type: /** @type {const} */ ("select"), options: [] } : field);
    fields = new ProposalFields(say, listOf).group({ fields: described }, true);
    body.replaceChildren(fields.element);
    fields.parts.record?.offer?.(records);
    fields.fill({});
    fields.parts.record?.fill(asked);
    if (name === "error") fields.parts.name.fill(askedClaim);
    fields.parts.record?.input.addEventListener("input", follow);
    follow();
    for (const input of kinds.querySelectorAll("input")) input.checked = input.value === name;
    Elements.one(place, ".what").textContent = form.kinds[name].help;
    blank = typed();
    elsewhere.hidden = true;
    forget();
  }

  /* What was found wrong, or right, is about what stood there when it was looked at. */
  function forget() {
    wrong.hidden = sending.hidden = true;
    for (const error of Elements.all(body, ".error")) error.textContent = "";
    for (const input of Elements.all(body, "[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  /* What stands in the fields, but for the record, which the page that one comes from has chosen. */
  const typed = () => JSON.stringify({ ...fields.read(), record: undefined });

  function keep() {
    const on = new Date().toISOString().slice(0, 10);
    const isDone = typed() === blank ? drafts.letGoOf(what) : drafts.keep(what, { on, values: fields.read() });
    state.textContent = isDone ? (typed() === blank ? "" : say("kept")) : say("not-kept");
  }

  /**
   * Show one kind, with what was begun of it; a draft for another page than the one that one comes from says so.
   * @param {string} name
   */
  function open(name) {
    show(name);
    const draft = drafts.read().drafts[name];
    state.textContent = draft ? say("restored", draft.on) : "";
    if (!draft) return;
    fields.fill(draft.values);
    follow();
    if (what === "answer") fields.parts.name.fill(draft.values.name);
    const { record, name: claim } = draft.values;
    const [begun, here] = askedClaim ? [`${record}#${claim}`, `${asked}#${askedClaim}`] : [record, asked];
    elsewhere.hidden = !asked || !record || begun === here;
    Elements.one(elsewhere, "p").textContent = say("elsewhere", draft.on, begun, here);
  }

  function beginAnew() {
    const isDone = drafts.letGoOf(what);
    show(what);
    state.textContent = say(isDone ? "cleared" : "not-kept");
    Elements.one(kinds, ":checked").focus();
  }

  function restore() {
    const begun = drafts.read();
    if (!begun.what) drafts.letGo();
    const first = askedClaim || asked.startsWith("references/") ? "error" : "claim";
    try {
      open(first === "error" || !(begun.what in begun.drafts) ? first : begun.what);
    } catch {
      drafts.letGo();
      show(first);
    }
  }

  /** @param {ProposalProblem[]} found */
  function tell(found) {
    Elements.one(wrong, "p").textContent = say("wrong", found.length === 1 ? say("one-thing") : say("things", found.length));
    const items = found.map((each) => {
      const { input, error } = fields.focus(each.at);
      const label = /** @type {HTMLInputElement} */ (input).labels?.[0] ?? input.closest("fieldset")?.querySelector("legend") ?? input;
      const words = `${Elements.lineOf(label)}: ${each.wrong}. ${each.fix}`;
      const link = Elements.make("a", { href: `#${input.id}` }, words);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        fields.focus(each.at).input.focus();
      });
      error.textContent = `${error.textContent} ${words}`.trim();
      input.setAttribute("aria-invalid", "true");
      const item = Elements.make("li");
      item.append(link);
      return item;
    });
    Elements.one(wrong, "ul").replaceChildren(...items);
    wrong.hidden = false;
    wrong.focus();
  }

  /** @param {any} values */
  function offer(values) {
    const proposal = ProposalLetter.toJson(form, what, values);
    const about = (values.record ?? `PMID ${values.pmid}`) + (values.name ? `#${values.name}` : "");
    area.value = proposal;
    done.textContent = "";
    if (file.href.startsWith("blob:")) URL.revokeObjectURL(file.href);
    file.href = URL.createObjectURL(new Blob([proposal], { type: "application/json" }));
    file.download = `proposal-${what}-${String(values.record ?? values.pmid).replace(/[^a-z0-9]+/g, "-")}.json`;
    Elements.one(sending, ".by-issue").hidden = !form.repository;
    if (form.repository) {
      const title = say("in-words", form.kinds[what].label, about);
      const words = values.text ?? values.content?.text ?? values.content?.title ?? "";
      const { address, isWhole } = ProposalLetter.addressOf(form.repository, form.most, { title, words, proposal });
      issue.href = address;
      issue.textContent = say(isWhole ? "issue" : "issue-empty");
      Elements.one(sending, ".long").hidden = isWhole;
    }
    sending.hidden = false;
    sending.focus();
  }

  async function copy() {
    area.select();
    const isCopied = navigator.clipboard && window.isSecureContext
      ? await navigator.clipboard.writeText(area.value).then(() => true, () => false)
      : document.execCommand("copy");
    done.textContent = say(isCopied ? "copied" : "not-copied");
  }

  kinds.addEventListener("change", (event) => open(/** @type {HTMLInputElement} */ (event.target).value));
  body.addEventListener("input", () => {
    forget();
    keep();
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    forget();
    const values = fields.read();
    const found = rules.problems(what, values);
    if (found.length) tell(found);
    else offer(values);
  });
  for (const button of Elements.all(place, ".clear, .is-sent, .for-this-page")) button.addEventListener("click", beginAnew);
  Elements.one(elsewhere, ".go-on").addEventListener("click", () => {
    elsewhere.hidden = true;
    Elements.one(kinds, ":checked").focus();
  });
  Elements.one(sending, ".copy-proposal").addEventListener("click", copy);

  const sources = Object.entries(form.sources).map(([pmid, name]) => /** @type {[string, string]} */ ([`references/${pmid}`, name]));
  suggest(listed("records"), [...records.flatMap(([, its]) => its), ...sources]);
  restore();
  place.hidden = false;
}

const proposalPlace = document.getElementById("proposal");
const proposalData = document.getElementById("proposal-form");
if (proposalPlace instanceof HTMLFormElement && proposalData) setUpProposal(proposalPlace, JSON.parse(proposalData.textContent ?? ""));
