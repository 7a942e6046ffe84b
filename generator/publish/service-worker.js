/* Keeps one build of the site on the device: what is needed to read and search it at the first visit, what is to be printed
   when the reader asks. A browser that saves data keeps what is visited alone. A file is kept compressed, by its checksum, so
   an update fetches what changed and nothing else, and a kept page never mixes two builds. The reader decides when a newer
   build takes over. */
"use strict";

/**
 * The files of a part by their paths, each with its SHA-256 in hex; sizes are in MB.
 * @typedef {{
 *   version: string, date: string, build: string, read: Record<string, string>, print: Record<string, string>,
 *   sizes: {read: number, print: number},
 * }} SiteBuild
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const BUILD = /** @type {SiteBuild} */ (/* the version and files of this site */ {});
/** @type {Record<string, string>} */
const FILES = { ...BUILD.read, ...BUILD.print };
const CACHE = "kept " + worker.registration.scope;
const WHOLE = new URL(`whole?build=${BUILD.build}`, worker.registration.scope).href; // there once all that is to be read is

/** @param {string} path */
function keyOf(path) {
  return new URL(`${path}?sha256=${FILES[path]}`, worker.registration.scope).href;
}

/**
 * The file that an address of the site names, or null: folders, which end in a slash, are their index pages.
 * @param {URL} url
 */
function pathOf(url) {
  if (!url.href.startsWith(worker.registration.scope)) return null;
  const path = decodeURIComponent(url.pathname.slice(new URL(worker.registration.scope).pathname.length));
  const name = path === "" || path.endsWith("/") ? path + "index.html" : path;
  return Object.hasOwn(FILES, name) ? name : null;
}

/**
 * The address of a folder that was asked for without its last slash, or null: the links of its page need the slash.
 * @param {URL} url
 */
function folderOf(url) {
  const folder = new URL(url);
  folder.pathname += "/";
  return pathOf(url) === null && pathOf(folder) !== null ? folder.href : null;
}

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Keep an answer, and say whether it was the file of this build.
 * @param {Cache} cache
 * @param {string} path
 * @param {Response} answer
 */
async function put(cache, path, answer) {
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || await sha256(bytes) !== FILES[path]) return false;
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const headers = { "Content-Type": answer.headers.get("Content-Type") ?? "application/octet-stream" };
  await cache.put(keyOf(path), new Response(packed, { headers }));
  return true;
}

/**
 * @param {Cache} cache
 * @param {string} path
 */
async function get(cache, path) {
  const kept = await cache.match(keyOf(path));
  return kept?.body && new Response(kept.body.pipeThrough(new DecompressionStream("gzip")), { headers: kept.headers });
}

/**
 * @param {Cache} cache
 * @param {string} path
 */
async function fetchInto(cache, path) {
  if (await cache.match(keyOf(path))) return;
  const address = new URL(path.replace(/(^|\/)index\.html$/, "$1"), worker.registration.scope);
  if (!await put(cache, path, await fetch(address, { cache: "no-cache" }))) throw new Error(`${path} is not of this build`);
}

/**
 * A few at a time; one file that is not of this build stops it, and it is tried again at the next visit or wish.
 * @param {string[]} paths
 */
async function keepAll(paths) {
  const cache = await caches.open(CACHE);
  const waiting = Array.from(paths);
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) await fetchInto(cache, path);
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
  const network = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection;
  if (network && network.saveData) return;
  const before = new Set((await (await caches.open(CACHE)).keys()).map((request) => request.url.split("?")[0]));
  await keepToRead();
  await keepAll(Object.keys(BUILD.print).filter((path) => before.has(keyOf(path).split("?")[0])));
}

async function dropOthers() {
  const cache = await caches.open(CACHE);
  const ours = new Set(Object.keys(FILES).map(keyOf).concat(WHOLE));
  for (const request of await cache.keys()) if (!ours.has(request.url)) await cache.delete(request);
}

/**
 * What is kept comes first, once all is kept; before that it is for want of a network, as what is visited may be newer.
 * @param {FetchEvent} event
 */
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
  const print = await Promise.all(Object.keys(BUILD.print).map((path) => cache.match(keyOf(path))));
  const kept = { read: !!await cache.match(WHOLE), print: print.every(Boolean) };
  return { version: BUILD.version, date: BUILD.date, build: BUILD.build, kept, sizes: BUILD.sizes };
}

/** @type {Record<string, () => Promise<void>>} */
const WISHES = { "keep to read": keepToRead, "keep to print": keepToPrint };

/** @param {ExtendableMessageEvent} event */
async function reply(event) {
  let failed = false;
  if (Object.hasOwn(WISHES, event.data)) await WISHES[event.data]().catch(() => { failed = true; });
  event.source?.postMessage({ ...await state(), failed });
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => worker.clients.claim())));
worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(worker.registration.scope)) {
    event.respondWith(answer(event));
  }
});
worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
  if (event.data === "version" || Object.hasOwn(WISHES, event.data)) event.waitUntil(reply(event));
});
