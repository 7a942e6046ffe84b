/* On a hosted site: keeps the site on the device, says at the foot of each page what is kept and asks before more is, and
   says when the reader sees a kept copy or a newer version exists. */

/** @param {ServiceWorkerContainer} workers */
function setUpOffline(workers) {
  const config = document.getElementById("__config");
  if (!config) return;
  const root = new URL(`${JSON.parse(config.textContent ?? "").base}/`, location.href);
  const notice = document.body.appendChild(Elements.make("div", { class: "edition-notice", role: "status" }));
  /** @type {ServiceWorker | null} a newer build that is on the device and may take over */
  let waiting = null;
  /** @type {Build | null} */
  let published = null;
  /** @type {KeptBuild | null} */
  let shown = null;
  let isAsked = false;

  function show() {
    const { text, canLoad } = Notices.say(shown, published, isAsked, waiting !== null);
    if (text !== notice.dataset.text) notice.classList.remove("closed");
    notice.dataset.text = notice.textContent = text;
    if (!text) return;
    if (canLoad) notice.append(" ", Elements.button(Words.say("Load it"), () => waiting?.postMessage("take over")));
    notice.append(" ", Elements.button(Words.say("Close"), () => notice.classList.add("closed"), { class: "close" }));
  }

  function tell() {
    const foot = document.querySelector(".md-copyright");
    if (!foot || !shown) return;
    const { text, offer } = Notices.sayKept(shown);
    const line = foot.querySelector(".kept") ?? foot.appendChild(Elements.make("div", { class: "kept", tabindex: "-1" }));
    line.textContent = text;
    if (!(offer && line instanceof HTMLElement)) return;
    line.append(" ", Elements.button(`${offer.words}, ${Words.decimals(offer.size)} MB`, () => {
      line.setAttribute("role", "status");
      line.textContent = Words.say("Fetching {size} MB", { size: Words.decimals(offer.size) });
      line.focus();
      workers.controller?.postMessage(offer.wish);
    }));
  }

  function ask() {
    workers.controller?.postMessage("version");
  }

  /* The host itself is asked, as a network without the host looks connected. */
  async function probe() {
    try {
      const answer = await fetch(new URL("version.json", root), { cache: "no-store" });
      published = answer.ok ? await answer.json() : null;
    } catch {
      published = null;
    }
    isAsked = true;
    show();
  }

  /** @param {ServiceWorker | null} worker */
  function watch(worker) {
    worker?.addEventListener("statechange", () => {
      if (worker.state !== "installed" || !workers.controller) return;
      waiting = worker;
      show();
    });
  }

  async function register() {
    try {
      const script = new URL("service-worker.js", root);
      const kept = await workers.register(script, { scope: root.pathname, updateViaCache: "none" });
      waiting = kept.waiting;
      show();
      watch(kept.installing);
      kept.addEventListener("updatefound", () => watch(kept.installing));
    } catch {
      /* a browser may refuse, as in private windows: the site works without */
    }
  }

  workers.addEventListener("message", (event) => {
    shown = event.data;
    show();
    tell();
  });
  workers.addEventListener("controllerchange", () => {
    if (waiting) location.reload();
    else ask();
  });
  window.addEventListener("online", probe);
  window.addEventListener("offline", probe);
  window.addEventListener("load", () => {
    ask();
    probe();
    register();
  });
}

if (/^https?:$/.test(location.protocol) && "serviceWorker" in navigator) setUpOffline(navigator.serviceWorker);
