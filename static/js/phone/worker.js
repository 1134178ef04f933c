// The service worker: opens the mediator's pages without signal, sends in the
// background where the browser can. Of what a page sends it keeps nothing, and it
// keeps only pages that hold nobody's data.

import { sendAll } from "./send.js";
import { copyMark, fact } from "./store.js";

const PATIENCE = 3_500;
// Always from the phone, so that they open at once on a bad line
const OUTBOX = "/ieraksti/nenosutitie/";
const AT_ONCE = new Set(["/ieraksti/jauns/", OUTBOX]);
// Asks for the server's own page
const DIRECT = ["tiesi", "kopet"];

const isOurs = (response) => response.headers.has("X-Tilts");

function later(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

export function work({ version, pages, source, files }) {
  const name = `tilts-${version}`;
  const offline = pages["/bez-interneta/"];

  async function fetchPages(cache) {
    const response = await fetch(source, { cache: "no-store", redirect: "error" });
    if (!response.ok || !isOurs(response)) throw new Error(`no pages at ${source}`);
    // The rules about what a page may load hold for each of them
    const headers = new Headers(response.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    for (const [address, html] of Object.entries(await response.json())) {
      await cache.put(address, new Response(html, { headers }));
    }
  }

  async function kept(address) {
    return (await caches.open(name)).match(address);
  }

  // Shown only to somebody whose copy is here; for others the server has the page
  async function keptPage(path) {
    // A database that does not open is one that has nothing: the server is asked
    const person = await fact("person").catch(() => undefined);
    const isReady = person && (path === OUTBOX || (await copyMark(person).catch(() => undefined)));
    return isReady ? kept(pages[path]) : undefined;
  }

  async function fromServer(request, path) {
    const hasCopy = pages[path] !== undefined;
    // No answer, which is what the following lines are about
    const answer = fetch(request).catch(() => undefined);
    const response = await (hasCopy ? Promise.race([answer, later(PATIENCE)]) : answer);
    // Redirects pass: they lead to signing in
    if (response?.type === "opaqueredirect") return response;
    if (response && isOurs(response) && response.status < 500) return response;
    if (hasCopy) return (await keptPage(path)) ?? (await answer) ?? kept(offline);
    return response ?? (await kept(offline)) ?? Response.error();
  }

  async function page(request) {
    const { pathname, searchParams } = new URL(request.url);
    const isDirect = DIRECT.some((parameter) => searchParams.has(parameter));
    if (AT_ONCE.has(pathname) && !isDirect) {
      const found = await keptPage(pathname);
      if (found) return found;
    }
    return fromServer(request, isDirect ? "" : pathname);
  }

  // Without an answer the page stays open, with everything that was typed
  async function formSent(request, page) {
    try {
      return await fetch(request);
    } catch {
      (await clients.get(page))?.postMessage("not sent");
      return new Response(null, { status: 204 });
    }
  }

  addEventListener("install", (event) => {
    event.waitUntil(
      (async () => {
        const cache = await caches.open(name);
        await Promise.all([cache.addAll(files), fetchPages(cache)]);
      })(),
    );
  });

  addEventListener("activate", (event) => {
    event.waitUntil(
      (async () => {
        for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
        await clients.claim();
      })(),
    );
  });

  addEventListener("message", (event) => {
    if (event.data === "take over") skipWaiting();
    if (event.data === "fetch pages anew") {
      // Without signal the kept ones stay
      event.waitUntil(caches.open(name).then(fetchPages).catch(() => {}));
    }
  });

  addEventListener("fetch", (event) => {
    const { request } = event;
    if (new URL(request.url).origin !== location.origin) return;
    if (request.method === "POST" && request.mode === "navigate") {
      event.respondWith(formSent(request, event.clientId));
    }
    if (request.method !== "GET") return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else if (files.includes(new URL(request.url).pathname)) {
      event.respondWith(kept(new URL(request.url).pathname).then((found) => found ?? fetch(request)));
    }
  });

  addEventListener("sync", (event) => {
    if (event.tag !== "send") return;
    event.waitUntil(
      sendAll().then(({ stopped }) => {
        // The browser tries again later
        if (stopped === "offline" || stopped === "server") throw new Error(stopped);
      }),
    );
  });
}
