// On every page of somebody who is signed in: keeps the phone's copy fresh, sends what
// waits, tells how things stand, and guards the way out. Where the browser keeps
// nothing, pages work as they do without scripts.

import { gettext } from "../i18n.js";
import { make } from "./icons.js";
import { Stopped, sendAll } from "./send.js";
import { guardSignOut } from "./sign-out.js";
import {
  announce, becomePerson, canKeep, copyMark, counts, currentPerson, fact, forgetDeleted, keepCopy, onChange, Overtaken,
  remember,
} from "./store.js";
import { offerNewVersion, watch } from "./strip.js";

const { person, isMediator, shell } = document.documentElement.dataset;
const COPY = "/ierice/dati/";
const FRESH_FOR = 300_000;
// What one visit leads to is fetched once, not after each entry
const CHANGED_FRESH_FOR = 120_000;
// Whoever goes to the next page hides this one too, but then it is gone sooner
const PUT_AWAY = 2_000;
const TRY_AGAIN = 30_000;
const STEPS = 3;

// Signed in, unsigned or a copy of the page from the phone: who is it?
async function recognise() {
  if (person && person !== (await currentPerson())) await becomePerson(person);
  return person ?? (await currentPerson());
}

// How long the copy may stay as it is, by whether this phone has changed anything since
async function freshFor(checkedAt, isPutAway) {
  const hasChanged = ((await fact("changedAt")) ?? 0) >= checkedAt;
  if (!hasChanged) return FRESH_FOR;
  return isPutAway ? 0 : CHANGED_FRESH_FOR;
}

async function refreshCopy({ isPutAway = false } = {}) {
  const me = await currentPerson();
  if (!me) return;
  const kept = await copyMark(me);
  const isNew = new URLSearchParams(location.search).has("tiesi");
  const checkedAt = (await fact("checkedAt")) ?? 0;
  const began = Date.now();
  // A clock may have been set back since
  const age = Math.abs(began - checkedAt);
  if (kept && !isNew && age < (await freshFor(checkedAt, isPutAway))) return;
  const response = await fetch(COPY, {
    cache: "no-store",
    redirect: "error",
    headers: { Accept: "application/json", ...(kept ? { "If-None-Match": kept.etag } : {}) },
  });
  if (response.status === 200) {
    const copy = await response.json();
    if (copy.person !== me) return;
    await keepCopy(me, response.headers.get("ETag"), copy);
    announce({ type: "copied" });
  }
  const isAnswer = response.ok || response.status === 304;
  if (isAnswer && (await currentPerson()) === me) await remember("checkedAt", began);
}

async function startWorker() {
  if (!navigator.serviceWorker) return undefined;
  // The first one fetches the pages as the account wants them, so nothing is to freshen
  if (shell && !(await navigator.serviceWorker.getRegistration())) await remember("shell", shell);
  const worker = await navigator.serviceWorker.register("/sw.js", {
    type: "module",
    updateViaCache: "none",
  });
  const offer = async () => {
    if (!worker.waiting || !navigator.serviceWorker.controller) return;
    // Told, never forced, and not while something is unsent or being written
    if ((await counts()).waiting) return;
    offerNewVersion(() => worker.waiting?.postMessage("take over"));
  };
  worker.addEventListener("updatefound", () => {
    worker.installing?.addEventListener("statechange", offer);
  });
  onChange((message) => message.type === "done" && offer());
  const isFirst = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!isFirst) location.reload();
  });
  await offer();
  return worker;
}

// Theme, text size and language of the account are part of the kept pages
async function freshenShell(worker) {
  if (!shell || (await fact("shell")) === shell) return;
  await navigator.serviceWorker.ready;
  (worker.active ?? navigator.serviceWorker.controller)?.postMessage("fetch pages anew");
  await remember("shell", shell);
}

async function flush(worker) {
  if (!(await counts()).waiting) return;
  const { stopped } = await sendAll();
  // Where the person forbids it, the other ways of sending remain
  if (stopped && worker?.sync) await worker.sync.register("send").catch(() => {});
}

// On the screen that prepares a new phone: which step is under way
const preparing = document.querySelector("[data-prepare]");

function tell(text, step) {
  if (!preparing) return;
  const bar = make("progress", "meter");
  Object.assign(bar, { max: STEPS, value: step });
  bar.setAttribute("aria-hidden", "true");
  preparing.replaceChildren(bar, make("p", "", text));
}

// A form that is sent to the server; looking for something changes nothing
async function noteChange({ target, defaultPrevented }) {
  const isSearch = target.closest("[role=search]");
  if (target.method !== "post" || defaultPrevented || isSearch) return;
  if (await currentPerson()) await remember("changedAt", Date.now());
}

async function quietly(deed) {
  try {
    await deed();
  } catch (error) {
    // No signal is no fault, nor is a person who has signed out; anything else has to be seen
    if (![TypeError, Stopped, Overtaken].some((kind) => error instanceof kind)) throw error;
  }
}

async function start() {
  if (!(await canKeep())) {
    return tell(gettext("This browser keeps nothing. Every entry goes to the server at once."), 0);
  }
  await recognise();
  if (isMediator === undefined) return undefined;
  watch();
  guardSignOut();
  await forgetDeleted();
  let worker;
  tell(gettext("Fetching the pages…"), 1);
  await quietly(async () => {
    worker = await startWorker();
  });
  const renew = (how) => quietly(async () => {
    await flush(worker);
    if (navigator.onLine) await refreshCopy(how);
  });
  addEventListener("online", () => renew());
  addEventListener("submit", noteChange);
  let putAway;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(putAway);
    if (!document.hidden) return renew();
    putAway = setTimeout(() => renew({ isPutAway: true }), PUT_AWAY);
  });
  await quietly(async () => {
    if (person && (await fact("stopped"))) await remember("stopped", "");
    await freshenShell(worker);
  });
  tell(gettext("Fetching your families and contacts…"), 2);
  await renew();
  if (worker) await navigator.serviceWorker.ready;
  if (await copyMark(await currentPerson())) {
    document.documentElement.dataset.phone = "ready";
    tell(gettext("The phone is ready to work without internet."), STEPS);
    if (preparing) await navigator.storage?.persist?.();
  }
  setInterval(() => navigator.onLine && quietly(() => flush(worker)), TRY_AGAIN);
}

start();
