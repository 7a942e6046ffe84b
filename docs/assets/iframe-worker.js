/* A Worker for pages opened from a folder, where browsers start none: its script runs in a hidden frame. It gives
   what the site's search asks of a Worker (messages both ways). No inline script, so the page's policy holds. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      var worker = this;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "Search";
      this.ready = new Promise(function (resolve) {
        worker.frame.addEventListener("load", function () {
          var inside = worker.frame.contentWindow;
          inside.postMessage = function (data) {
            worker.dispatchEvent(new MessageEvent("message", { data: data }));
          };
          var script = inside.document.createElement("script");
          script.addEventListener("load", function () { resolve(inside); });
          script.src = new URL(address, document.baseURI).href;
          inside.document.body.appendChild(script);
        }, { once: true });
      });
      document.body.appendChild(this.frame);
    }

    postMessage(data) {
      this.ready.then(function (inside) {
        inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() { this.frame.remove(); }
  };
})();
