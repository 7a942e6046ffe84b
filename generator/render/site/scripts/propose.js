/* The page on which a change is proposed: which fields are shown, what is kept of them in the browser until it is sent, and
   how it is sent: as an issue, a file or by the clipboard. Nothing goes over the network by itself. */
const DRAFT_VERSION = 1;

/**
 * A store for one draft, which a browser may refuse.
 * @param {string} key
 */
function draftsUnder(key) {
  /** @param {(storage: Storage) => void} use */
  function isDone(use) {
    try {
      use(window.localStorage);
      return true;
    } catch {
      return false;
    }
  }
  return {
    keep: (/** @type {any} */ draft) => isDone((storage) => storage.setItem(key, JSON.stringify({ version: DRAFT_VERSION, ...draft }))),
    letGo: () => isDone((storage) => storage.removeItem(key)),
    read: () => {
      /** @type {any} */
      let draft = null;
      isDone((storage) => { draft = JSON.parse(storage.getItem(key) ?? "null"); });
      return draft?.version === DRAFT_VERSION ? draft : null;
    },
  };
}

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
  const asked = new URLSearchParams(location.search).get("record") ?? "";
  const drafts = draftsUnder(`proposal ${form.name}`);
  const kinds = Elements.one(place, ".kinds");
  const body = Elements.one(place, ".fields");
  const state = Elements.one(place, ".state");
  const wrong = Elements.one(place, ".wrong");
  const sending = Elements.one(place, ".sending");
  const area = /** @type {HTMLTextAreaElement} */ (Elements.one(sending, "textarea"));
  const done = Elements.one(sending, ".done");
  const file = /** @type {HTMLAnchorElement} */ (Elements.one(sending, ".file"));
  const issue = /** @type {HTMLAnchorElement} */ (Elements.one(sending, ".issue"));
  const listed = (/** @type {string} */ id) => /** @type {HTMLDataListElement} */ (Elements.one(place, `#proposal-${id}`));
  const records = Object.entries(form.records);
  let what = "claim";
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
    fields.parts.record?.input.addEventListener("input", follow);
    follow();
    for (const input of kinds.querySelectorAll("input")) input.checked = input.value === name;
    Elements.one(place, ".what").textContent = form.kinds[name].help;
    forget();
  }

  /* What was found wrong, or right, is about what stood there when it was looked at. */
  function forget() {
    wrong.hidden = sending.hidden = true;
    for (const error of Elements.all(body, ".error")) error.textContent = "";
    for (const input of Elements.all(body, "[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  function keep() {
    const on = new Date().toISOString().slice(0, 10);
    state.textContent = say(drafts.keep({ on, what, values: fields.read() }) ? "kept" : "not-kept");
  }

  function restore() {
    const draft = drafts.read();
    try {
      if (!draft) throw new Error("there is none");
      show(draft.what);
      fields.fill(draft.values);
      follow();
      if (what === "answer") fields.parts.name.fill(draft.values.name);
      state.textContent = say("restored", draft.on);
    } catch {
      drafts.letGo();
      show(asked.startsWith("references/") ? "error" : "claim");
    }
  }

  /** @param {ProposalProblem[]} found */
  function tell(found) {
    Elements.one(wrong, "p").textContent = say("wrong", found.length === 1 ? say("one-thing") : say("things", found.length));
    const items = found.map((each) => {
      const { input, error } = fields.focus(each.at);
      const label = /** @type {HTMLInputElement} */ (input).labels?.[0] ?? input;
      const words = `${each.wrong}. ${each.fix}`;
      const link = Elements.make("a", { href: `#${input.id}` }, `${Elements.lineOf(label)}: ${words}`);
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

  kinds.addEventListener("change", (event) => {
    show(/** @type {HTMLInputElement} */ (event.target).value);
    keep();
  });
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
  Elements.one(place, ".clear").addEventListener("click", () => {
    drafts.letGo();
    show(what);
    state.textContent = say("cleared");
    Elements.one(kinds, ":checked").focus();
  });
  Elements.one(sending, ".copy-proposal").addEventListener("click", copy);
  for (const link of [issue, file]) {
    link.addEventListener("click", () => {
      drafts.letGo();
      state.textContent = say("let-go");
    });
  }

  const sources = Object.entries(form.sources).map(([pmid, name]) => /** @type {[string, string]} */ ([`references/${pmid}`, name]));
  suggest(listed("records"), [...records.flatMap(([, its]) => its), ...sources]);
  restore();
  place.hidden = false;
}

const proposalPlace = document.getElementById("proposal");
const proposalData = document.getElementById("proposal-form");
if (proposalPlace instanceof HTMLFormElement && proposalData) setUpProposal(proposalPlace, JSON.parse(proposalData.textContent ?? ""));
