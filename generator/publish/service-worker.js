/* Keeps one build of the site on the device. A file is kept by its checksum, so an update fetches what changed and
   nothing else, and a page never mixes two builds. The reader decides when a newer build takes over. */
"use strict";
const BUILD = /* the version and files of this site */ {};
const CACHE = "ivig-dermatology";

function keyOf(path) {
  return new URL(path + "?sha256=" + BUILD.files[path], self.registration.scope).href;
}

/* The file that an address of the site names, or null: folders, which end in a slash, are their index pages. */
function pathOf(url) {
  if (!url.href.startsWith(self.registration.scope)) return null;
  const path = decodeURIComponent(url.pathname.slice(new URL(self.registration.scope).pathname.length));
  const name = path === "" || path.endsWith("/") ? path + "index.html" : path;
  return name in BUILD.files ? name : null;
}

/* The address of a folder that was asked for without its last slash, or null: the links of its page need the slash. */
function folderOf(url) {
  const folder = new URL(url);
  folder.pathname += "/";
  return pathOf(url) === null && pathOf(folder) !== null ? folder.href : null;
}

async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
}

async function keep(cache, path) {
  if (await cache.match(keyOf(path))) return;
  const address = new URL(path.replace(/(^|\/)index\.html$/, "$1"), self.registration.scope);
  const answer = await fetch(address, { cache: "no-cache" });
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || await sha256(bytes) !== BUILD.files[path]) throw new Error(path + " is not of this build");
  await cache.put(keyOf(path), new Response(bytes, { headers: { "Content-Type": answer.headers.get("Content-Type") } }));
}

/* A few at a time; one file that is not of this build stops the update, and it is tried again at the next visit. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const waiting = Object.keys(BUILD.files);
  await Promise.all(Array.from({ length: 6 }, async function () {
    while (waiting.length) await keep(cache, waiting.shift());
  }));
}

async function dropOthers() {
  const cache = await caches.open(CACHE);
  const ours = new Set(Object.keys(BUILD.files).map(keyOf));
  for (const request of await cache.keys()) if (!ours.has(request.url)) await cache.delete(request);
}

async function answer(request) {
  const url = new URL(request.url);
  const folder = folderOf(url);
  if (folder) return Response.redirect(folder, 301);
  const path = pathOf(url);
  const cache = await caches.open(CACHE);
  const kept = path && await cache.match(keyOf(path));
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === "navigate" && "404.html" in BUILD.files && await cache.match(keyOf("404.html"));
    if (!missing) throw error;
    return new Response(missing.body, { status: 404, headers: missing.headers });
  }
}

self.addEventListener("install", function (event) { event.waitUntil(keepAll()); });
self.addEventListener("activate", function (event) {
  event.waitUntil(dropOthers().then(function () { return self.clients.claim(); }));
});
self.addEventListener("fetch", function (event) {
  if (event.request.method === "GET" && event.request.url.startsWith(self.registration.scope)) {
    event.respondWith(answer(event.request));
  }
});
self.addEventListener("message", function (event) {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "version") {
    event.source.postMessage({ version: BUILD.version, date: BUILD.date, build: BUILD.build });
  }
});
