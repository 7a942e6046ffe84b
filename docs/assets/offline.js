/* On a hosted site: keeps the site on the device, and says when the reader sees a kept copy or a newer version exists. */
(function () {
  "use strict";
  if (!/^https?:$/.test(location.protocol) || !("serviceWorker" in navigator)) return;
  var root = new URL(JSON.parse(document.getElementById("__config").textContent).base + "/", location.href);
  var notice = document.createElement("div");
  notice.className = "edition-notice";
  notice.setAttribute("role", "status");
  document.body.appendChild(notice);

  var newer = null;
  var newerVersion = "";

  function show() {
    var lines = [];
    if (!navigator.onLine) lines.push("No network: you read the copy kept on this device, as old as the foot of the page says.");
    if (newer) lines.push("A newer version is available" + newerVersion + ".");
    notice.textContent = lines.join(" ");
    if (!newer) return;
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Load it";
    button.addEventListener("click", function () { newer.postMessage("take over"); });
    notice.append(" ", button);
  }

  function offer(worker) {
    newer = worker;
    worker.postMessage("version");
    show();
  }

  function watch(worker) {
    worker.addEventListener("statechange", function () {
      if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
    });
  }

  navigator.serviceWorker.addEventListener("message", function (event) {
    newerVersion = ": version " + event.data.version + ", " + event.data.date;
    show();
  });
  navigator.serviceWorker.addEventListener("controllerchange", function () { if (newer) location.reload(); });
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();

  window.addEventListener("load", function () {
    navigator.serviceWorker.register(new URL("service-worker.js", root), { scope: root.pathname, updateViaCache: "none" }).then(function (kept) {
      if (kept.waiting) offer(kept.waiting);
      if (kept.installing) watch(kept.installing);
      kept.addEventListener("updatefound", function () { watch(kept.installing); });
    }, function () { /* a browser may refuse, as in private windows: the site works without */ });
  });
})();
