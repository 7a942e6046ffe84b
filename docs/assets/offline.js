/* On a hosted site: keeps the site on the device, says at the foot of each page what is kept and asks before more is, and
   says when the reader sees a kept copy or a newer version exists. */
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
    var newer = shown && shown.kept.read && published && published.build !== shown.build;
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

  /* What is kept, and what the reader may wish to be kept too; a wish that fails can be repeated. */
  function tell() {
    var foot = document.querySelector(".md-copyright");
    if (!foot || !shown) return;
    var line = foot.querySelector(".kept") || foot.appendChild(document.createElement("div"));
    line.className = "kept";
    line.tabIndex = -1;
    var read = shown.kept.read, print = shown.kept.print, sizes = shown.sizes;
    line.textContent = !read ? "This browser saves data: of the site only what you visit is kept on this device." :
      "Kept on this device, to read and search without a network: the site, " + sizes.read + " MB" +
      (print ? ", with handbook and ward sheets, " + sizes.print + " MB." : ".");
    if (shown.failed) line.append(" Not all could be kept.");
    if (!read) offer(line, "Keep the site", sizes.read, "keep to read");
    else if (!print) offer(line, "Keep handbook and ward sheets too", sizes.print, "keep to print");
  }

  function offer(line, words, size, wish) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = words + ", " + size + " MB";
    button.addEventListener("click", function () {
      line.setAttribute("role", "status");
      line.textContent = "Fetching " + size + " MB";
      line.focus();
      navigator.serviceWorker.controller.postMessage(wish);
    });
    line.append(" ", button);
  }

  function ask() {
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("version");
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
    tell();
  });
  navigator.serviceWorker.addEventListener("controllerchange", function () {
    if (waiting) location.reload();
    else ask();
  });
  window.addEventListener("online", probe);
  window.addEventListener("offline", probe);

  window.addEventListener("load", function () {
    ask();
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
