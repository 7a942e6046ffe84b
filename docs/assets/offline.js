/* On a hosted site: keeps the site on the device, and says when the reader sees a kept copy or a newer version exists. */
(function () {
  "use strict";
  if (!/^https?:$/.test(location.protocol) || !("serviceWorker" in navigator)) return;
  var root = new URL(JSON.parse(document.getElementById("__config").textContent).base + "/", location.href);
  var notice = document.createElement("div");
  notice.className = "edition-notice";
  notice.setAttribute("role", "status");
  document.body.appendChild(notice);

  var waiting = null;   // a newer build that is on the device and may take over
  var published = null; // what the host publishes now, or null where it does not answer
  var shown = null;     // the build that this page comes from, where it is a kept one
  var asked = false;

  function named(build) { return ": version " + build.version + ", " + build.date; }

  function show() {
    var lines = [];
    if (shown && asked && !published) {
      lines.push("The site cannot be reached: you read the copy kept on this device" + named(shown) + ".");
    }
    var newer = shown && published && published.build !== shown.build;
    if (newer) lines.push("A newer version is available" + named(published) + ".");
    if (newer && !waiting) lines.push("It is not on this device yet; until then you read" + named(shown).slice(1) + ".");
    var text = lines.join(" ");
    if (text !== notice.dataset.text) notice.classList.remove("closed");
    notice.dataset.text = notice.textContent = text;
    if (!text) return;
    var close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close";
    close.addEventListener("click", function () { notice.classList.add("closed"); });
    if (!newer || !waiting) return notice.append(" ", close);
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Load it";
    button.addEventListener("click", function () { waiting.postMessage("take over"); });
    notice.append(" ", button, " ", close);
  }

  /* The host itself is asked, as a network without the host looks connected. */
  function probe() {
    fetch(new URL("version.json", root), { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error("no version");
      return answer.json();
    }).then(function (build) { published = build; }, function () { published = null; }).then(function () {
      asked = true;
      show();
    });
  }

  function watch(worker) {
    worker.addEventListener("statechange", function () {
      if (worker.state !== "installed" || !navigator.serviceWorker.controller) return;
      waiting = worker;
      show();
    });
  }

  navigator.serviceWorker.addEventListener("message", function (event) {
    shown = event.data;
    show();
  });
  navigator.serviceWorker.addEventListener("controllerchange", function () { if (waiting) location.reload(); });
  window.addEventListener("online", probe);
  window.addEventListener("offline", probe);

  window.addEventListener("load", function () {
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("version");
    probe();
    var script = new URL("service-worker.js", root);
    navigator.serviceWorker.register(script, { scope: root.pathname, updateViaCache: "none" }).then(function (kept) {
      waiting = kept.waiting;
      show();
      if (kept.installing) watch(kept.installing);
      kept.addEventListener("updatefound", function () { watch(kept.installing); });
    }, function () { /* a browser may refuse, as in private windows: the site works without */ });
  });
})();
