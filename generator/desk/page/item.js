// An item as elements. Whatever comes from content or a source is set as text, and is never read as markup.

import { fieldOf } from "./fields.js";

const PUBMED = "https://pubmed.ncbi.nlm.nih.gov/";

/** An element with properties, attributes and children; children that are strings become text. */
export function make(name, settings = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

function marked(parts) {
  return parts.map(([text, mark]) => (mark ? make("mark", { className: mark }, text) : text));
}

function list(className, texts) {
  return texts.length ? make("ul", { className }, ...texts.map(text => make("li", {}, text))) : null;
}

function source(passage) {
  const opens = passage.address.startsWith(PUBMED);
  return make("p", { className: "source" },
    opens
      ? make("a", { href: passage.address, target: "_blank", rel: "noopener noreferrer" }, passage.source)
      : passage.source,
    make("span", { className: "title" }, passage.title));
}

function passage(one) {
  if (one.missing) return make("div", { className: "passage" }, source(one), list("marks", one.marks), make("p", {}, `Not shown: ${one.missing}.`));
  return make("div", { className: "passage" },
    source(one), list("marks", one.marks),
    make("blockquote", {},
      one.before ? make("span", { className: "around" }, `${one.before} `) : null,
      ...marked(one.parts),
      one.after ? make("span", { className: "around" }, ` ${one.after}`) : null));
}


/** Passages of several claims: one that stood there before is folded, as it differs in what is marked alone. */
function onlyOnce(passages, before) {
  return passages.map(one => {
    const again = before.has(one.address);
    before.add(one.address);
    return again ? make("details", { className: "again" }, make("summary", {}, `The same passage as above: ${one.source}`), passage(one)) : passage(one);
  });
}

function supports(claims) {
  const before = new Set();
  return claims.map(claim => make("section", { className: "claim" },
    make("p", { className: "where" }, `${claim.group}: ${claim.where}`),
    list("marks", claim.marks),
    make("p", { className: "text" }, ...marked(claim.text)),
    list("lines", claim.lines),
    make("details", {}, make("summary", {}, claim.passages.length > 1 ? "Passages" : "Passage"), ...onlyOnce(claim.passages, before))));
}

function reasons(item, given) {
  if (!item.differences.length) return null;
  return make("fieldset", { className: "reasons" },
    make("legend", {}, "A rule sees a difference. If you agree all the same, say why."),
    ...item.differences.map(({ rule, what, because, by }, number) => fieldOf(
      `reason-${number}`, `${what} (${rule})`, (given && given.reasons[number]) || "", { className: "reason", "data-before": because },
      because ? make("span", { className: "before" }, `Given before by ${by || "software or an unnamed reader"}: ${because} (Enter takes it over)`) : null)));
}

/** The article of an item: what is said on one side, what it rests on at the other. */
export function articleOf(item, number, total, given) {
  const what = { answer: "Answer", "not-known": "Not known", claim: "Claim" }[item.kind];
  const heading = make("h2", { tabIndex: -1, id: "heading" }, make("span", { className: "where" }, `${what} ${number + 1} of ${total}`), ` ${item.heading}`);
  const said = make("section", { className: "said", "aria-label": what },
    item.asks ? make("p", { className: "asks" }, item.asks) : null,
    item.was ? make("p", { className: "was" }, `This claim was changed on purpose before (${item.was}). Here it is as it stands.`) : null,
    list("marks", item.marks),
    make("p", { className: "text" }, ...marked(item.text)),
    item.steps && item.steps.length ? make("ol", {}, ...item.steps.map(step => make("li", {}, step))) : null,
    list("lines", item.lines),
    ...(item.beside || []).map(other => make("p", { className: "other" },
      make("span", { className: "where" }, `${other.group}: ${other.where}`), other.text, other.because ? make("em", {}, ` ${other.because}`) : null)),
    reasons(item, given),
    fieldOf("note", "Note", (given && given.note) || "", { "aria-keyshortcuts": "n" }));
  const beside = make("section", { className: "beside", "aria-label": item.kind === "claim" ? "Passages" : "Claims" },
    ...(item.kind === "claim" ? item.passages.map(passage) : supports(item.claims)),
    item.kind !== "claim" && !item.claims.length ? make("p", {}, "No claim is named with it.") : null);
  return make("article", { id: "item", "aria-labelledby": "heading" }, heading, make("div", { className: "sides" }, said, beside));
}
