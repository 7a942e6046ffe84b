/* Keeps one build of the site on the device: what is needed to read and search it at the first visit, what is to be printed
   when the reader asks. A browser that saves data keeps what is visited alone. A file is kept compressed, by its checksum, so
   an update fetches what changed and nothing else, and a kept page never mixes two builds. The reader decides when a newer
   build takes over. */
"use strict";
const BUILD = /* the version and files of this site */ {};
const FILES = Object.assign({}, BUILD.read, BUILD.print);
const CACHE = "kept " + self.registration.scope;
const WHOLE = new URL("whole?build=" + BUILD.build, self.registration.scope).href; // there once all that is to be read is

function keyOf(path) {
  return new URL(path + "?sha256=" + FILES[path], self.registration.scope).href;
}

/* The file that an address of the site names, or null: folders, which end in a slash, are their index pages. */
function pathOf(url) {
  if (!url.href.startsWith(self.registration.scope)) return null;
  const path = decodeURIComponent(url.pathname.slice(new URL(self.registration.scope).pathname.length));
  const name = path === "" || path.endsWith("/") ? path + "index.html" : path;
  return name in FILES ? name : null;
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

/* Keep an answer, and say whether it was the file of this build. */
async function put(cache, path, answer) {
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || await sha256(bytes) !== FILES[path]) return false;
  const packed = new Response(bytes).body.pipeThrough(new CompressionStream("gzip"));
  await cache.put(keyOf(path), new Response(packed, { headers: { "Content-Type": answer.headers.get("Content-Type") } }));
  return true;
}

async function get(cache, path) {
  const kept = await cache.match(keyOf(path));
  return kept && new Response(kept.body.pipeThrough(new DecompressionStream("gzip")), { headers: kept.headers });
}

async function fetchInto(cache, path) {
  if (await cache.match(keyOf(path))) return;
  const address = new URL(path.replace(/(^|\/)index\.html$/, "$1"), self.registration.scope);
  if (!await put(cache, path, await fetch(address, { cache: "no-cache" }))) throw new Error(path + " is not of this build");
}

/* A few at a time; one file that is not of this build stops it, and it is tried again at the next visit or wish. */
async function keepAll(paths) {
  const cache = await caches.open(CACHE);
  const waiting = Array.from(paths);
  await Promise.all(Array.from({ length: 6 }, async function () {
    while (waiting.length) await fetchInto(cache, waiting.shift());
  }));
}

async function keepToRead() {
  await keepAll(Object.keys(BUILD.read));
  await (await caches.open(CACHE)).put(WHOLE, new Response(""));
}

async function keepToPrint() {
  await keepAll(Object.keys(BUILD.print));
}

/* What is to be printed is renewed where it was kept before. */
async function install() {
  if (navigator.connection && navigator.connection.saveData) return;
  const before = new Set((await (await caches.open(CACHE)).keys()).map(function (request) { return request.url.split("?")[0]; }));
  await keepToRead();
  await keepAll(Object.keys(BUILD.print).filter(function (path) { return before.has(keyOf(path).split("?")[0]); }));
}

async function dropOthers() {
  const cache = await caches.open(CACHE);
  const ours = new Set(Object.keys(FILES).map(keyOf).concat(WHOLE));
  for (const request of await cache.keys()) if (!ours.has(request.url)) await cache.delete(request);
}

/* What is kept comes first, once all is kept; before that it is for want of a network, as what is visited may be newer. */
async function answer(event) {
  const url = new URL(event.request.url);
  const folder = folderOf(url);
  if (folder) return Response.redirect(folder, 301);
  const path = pathOf(url);
  const cache = await caches.open(CACHE);
  const kept = path && await get(cache, path);
  if (kept && await cache.match(WHOLE)) return kept;
  try {
    const found = await fetch(event.request);
    if (path && found.status === 200) event.waitUntil(put(cache, path, found.clone()));
    return found;
  } catch (error) {
    if (kept) return kept;
    const missing = event.request.mode === "navigate" && "404.html" in FILES && await get(cache, "404.html");
    if (!missing) throw error;
    return new Response(missing.body, { status: 404, headers: missing.headers });
  }
}

/* Which build this is, what of it is on the device, and how large its parts are, in MB. */
async function state() {
  const cache = await caches.open(CACHE);
  const print = await Promise.all(Object.keys(BUILD.print).map(function (path) { return cache.match(keyOf(path)); }));
  const kept = { read: !!await cache.match(WHOLE), print: print.every(Boolean) };
  return { version: BUILD.version, date: BUILD.date, build: BUILD.build, kept: kept, sizes: BUILD.sizes };
}

const WISHES = { "keep to read": keepToRead, "keep to print": keepToPrint };

async function reply(event) {
  let failed = false;
  if (event.data in WISHES) await WISHES[event.data]().catch(function () { failed = true; });
  event.source.postMessage(Object.assign(await state(), { failed: failed }));
}

self.addEventListener("install", function (event) { event.waitUntil(install()); });
self.addEventListener("activate", function (event) {
  event.waitUntil(dropOthers().then(function () { return self.clients.claim(); }));
});
self.addEventListener("fetch", function (event) {
  if (event.request.method === "GET" && event.request.url.startsWith(self.registration.scope)) {
    event.respondWith(answer(event));
  }
});
self.addEventListener("message", function (event) {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "version" || event.data in WISHES) event.waitUntil(reply(event));
});
