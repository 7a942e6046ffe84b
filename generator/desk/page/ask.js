// Asks the desk, one thing after the other, with the key that only this page has.

const KEY = "desk-key";
let last = Promise.resolve();
let waiting = 0;

/** How many things were asked and not answered yet: a page that is left meanwhile would lose them. */
function count(by) {
  waiting += by;
  document.body.toggleAttribute("data-waits", waiting > 0);
}

addEventListener("beforeunload", event => {
  if (waiting) event.preventDefault();
});

const GONE = "The desk does not answer. Run the command again and open the address that it prints: it goes on where you stopped.";

async function post(address, body) {
  const answer = await fetch(`/${address}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Desk-Key": sessionStorage.getItem(KEY) || "" },
    body: JSON.stringify(body),
  }).catch(() => { throw new Error(GONE); });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.wrong);
  return said;
}

/** Ask for something after all that was asked before; throws with what is wrong. */
export function ask(address, body = {}) {
  count(1);
  const asked = last.then(() => post(address, body)).finally(() => count(-1));
  last = asked.catch(() => {});
  return asked;
}

/** Take the token out of the address, and the key for it; a page that is loaded again has its key. */
export async function open() {
  const token = location.hash.slice(1);
  history.replaceState(null, "", "/");
  if (token) sessionStorage.setItem(KEY, (await ask("open", { token })).key);
}
