/* What every page does when it is there. */

/* The page of a former address leads on: to the claim that was asked for, or to the record. */
function leadOn() {
  const record = document.querySelector("a.moved-to");
  if (!(record instanceof HTMLAnchorElement)) return;
  const claim = location.hash && document.getElementById(location.hash.slice(1));
  location.replace((claim instanceof HTMLAnchorElement && claim.href) || record.href);
}

/* Sections that a script of their own builds, and that did not come: all of them, as without any script. */
function showSections() {
  for (const each of Elements.all(document, ".sections:not([hidden]) > noscript")) each.outerHTML = each.textContent ?? "";
}

/* What stock Material leaves unnamed: lists of links inside of lists of links. */
function nameLandmarks() {
  for (const list of Elements.all(document, ".md-nav .md-nav")) {
    for (const name of ["aria-label", "aria-labelledby", "aria-expanded"]) list.removeAttribute(name);
    list.setAttribute("role", "none");
  }
}

/* What opens the menu and the search on a narrow screen is a label to the theme: here there is a button in it for the
   keyboard too, as what it opens cannot be reached while it is closed. */
function openByKeyboard() {
  for (const [opens, name] of [["__drawer", Words.say("Menu")], ["__search", Words.say("Search")]]) {
    for (const each of Elements.all(document, `.md-header__button[for="${opens}"]`)) {
      const label = /** @type {HTMLLabelElement} */ (each);
      const button = Elements.button("", () => label.control?.click(), { "aria-label": name });
      button.append(...label.childNodes);
      label.append(button);
    }
  }
}

leadOn();
showSections();
openByKeyboard();
Edition.markExpired();
nameLandmarks();
Folds.openTarget();
window.addEventListener("hashchange", Folds.openTarget);
Folds.prepareForPrint();
Contents.setUp();
Cards.setUp();
Copying.setUp();
Tables.setUp();
Matrix.setUp();
