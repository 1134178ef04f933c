// Fills the pages that the phone keeps: Šodien, Kontakti, Nenosūtītie.

import { gettext, interpolate, ngettext } from "../i18n.js";
import { due } from "../near-days.js";
import { fold } from "../fold.js";
import { rank } from "../search.js";
import { momentInWords, today } from "./clock.js";
import { fillUnsent, rows, withContent } from "./entries.js";
import { make } from "./icons.js";
import { hideNames } from "./names.js";
import { sendAll } from "./send.js";
import {
  canKeep, copyOf, counts, currentPerson, fact, forgetDeleted, items, onChange, UNDO_FOR, unsentOfAnybody,
} from "./store.js";

const SOON_SHOWN = 3;
const page = document.querySelector("[data-kept-page]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);

function fragment(html) {
  const template = document.createElement("template");
  // Drawn by our own server, without scripts
  template.innerHTML = html;
  hideNames(template.content);
  return template.content;
}

async function tellAge(copy) {
  document.querySelector("[data-copy-age]").textContent = interpolate(
    gettext("As of %(when)s"),
    { when: await momentInWords(copy.at) },
    true,
  );
}

function fillPart(name, rows, count = rows.length) {
  const section = part(name);
  section.hidden = !rows.length;
  section.querySelector("[data-count]").textContent = count || "";
  section.querySelector("ul").replaceChildren(...rows);
}

// Today

async function fillToday(copy) {
  const day = await today();
  const done = await fulfilled();
  const parts = { late: [], now: [], soon: [] };
  for (const { html, ...step } of copy.html.todo) {
    const content = fragment(html);
    const id = content.querySelector("a[href*='uzdevums=']")?.getAttribute("href").split("uzdevums=")[1];
    if (done.has(id)) continue;
    content.querySelector("[data-due]").textContent = due(step, day);
    const name = step.dueOn < day ? "late" : step.dueOn === day ? "now" : "soon";
    parts[name].push(content.firstElementChild);
  }
  const shown = new URLSearchParams(location.search).has("visas") ? Infinity : SOON_SHOWN;
  part("soon").querySelector("[data-all]").hidden = parts.soon.length <= shown;
  fillPart("late", parts.late);
  fillPart("now", parts.now);
  fillPart("soon", parts.soon.slice(0, shown), parts.soon.length);
  page.querySelector("[data-empty-day]").hidden = parts.now.length > 0;
  page.querySelector("[data-more]").replaceChildren(fragment(copy.html.more ?? ""));
  page.querySelector("[data-returned]").replaceChildren(fragment(copy.html.returned));
  page.querySelector("[data-months]").replaceChildren(fragment(copy.html.months));
}

// Steps that an entry on this phone does
async function fulfilled() {
  const waiting = await withContent("waiting");
  return new Set(
    waiting.flatMap(({ content }) => content?.pairs.filter(([name]) => name === "fulfils") ?? []).map(([, id]) => id),
  );
}

// Contacts

function fillContacts(copy) {
  const cards = copy.html.contacts.map((html) => fragment(html).firstElementChild);
  const input = page.querySelector("input");
  const list = page.querySelector("[data-contacts]");
  const found = page.querySelector("[data-found]");
  const search = () => {
    const query = input.value.trim();
    const fitting = query ? cards.filter((card) => rank(query, fold(card.textContent)) !== undefined) : cards;
    list.replaceChildren(...fitting);
    found.textContent = query
      ? interpolate(ngettext("%(count)s found", "%(count)s found", fitting.length), { count: fitting.length }, true)
      : "";
  };
  input.addEventListener("input", search);
  search();
}

// Not sent yet

let drawn;

// Drawn only when something has changed, so that what is open there stays open
async function fillLists(count) {
  const deleted = await withContent("deleted");
  const lists = {};
  for (const state of ["fix", "waiting", "draft"]) {
    const gone = deleted.filter(({ was }) => was === state);
    lists[state] = [...(await withContent(state)), ...gone].sort((a, b) => a.order - b.order);
  }
  const now = JSON.stringify(Object.values(lists).flat().map(({ id, version }) => [id, version]));
  if (now === drawn) return;
  drawn = now;
  const lines = {};
  for (const [state, entries] of Object.entries(lists)) lines[state] = await rows(entries);
  // Something newer was drawn while this waited for its words
  if (drawn !== now) return;
  const focusAgain = rememberFocus();
  for (const [state, found] of Object.entries(lines)) fillPart(state, found, count[state]);
  focusAgain();
  if (deleted.length) setTimeout(forgetDeleted, UNDO_FOR);
}

// What had the focus is drawn anew; in another state the entry offers other things
function rememberFocus() {
  const line = document.activeElement.closest("[data-entry]");
  if (!line) return () => {};
  const { entry, state } = line.dataset;
  const position = [...line.querySelectorAll("a, button")].indexOf(document.activeElement);
  return () => {
    const again = page.querySelector(`[data-entry="${entry}"]`);
    const offered = again?.querySelectorAll("a, button") ?? [];
    offered[again?.dataset.state === state ? position : 0]?.focus();
  };
}

async function fillOutbox() {
  const count = await counts();
  await fillLists(count);
  page.querySelector("[data-all-sent]").hidden = count.fix + count.waiting + count.draft > 0;
  document.querySelector("[data-send-now]").hidden = !count.waiting;
  const at = await fact("sentAt");
  document.querySelector("[data-last-sent]").textContent = at
    ? interpolate(gettext("Last sent %(when)s"), { when: await momentInWords(at) }, true)
    : "";
  await tellPromise();
  await tellOfOthers();
}

// Who shares this phone should know why something is still kept on it
async function tellOfOthers() {
  const count = (await unsentOfAnybody()) - (await items("waiting")).length - (await items("fix")).length;
  const line = page.querySelector("[data-of-others]");
  line.hidden = !count;
  line.textContent = count
    ? interpolate(
      ngettext(
        "%(count)s entry of another person also waits on this phone. It is sent when that person signs in.",
        "%(count)s entries of another person also wait on this phone. They are sent when that person signs in.",
        count,
      ),
      { count },
      true,
    )
    : "";
}

async function tellPromise() {
  const worker = await navigator.serviceWorker?.getRegistration();
  page.querySelector("[data-promise]").textContent = worker && "sync" in worker
    ? gettext("What waits is sent by itself as soon as there is internet.")
    : gettext("What waits is sent when the app is open and there is internet.");
}

// Many changes in a row, as when everything is sent, are shown together
function together(deed) {
  let isRunning = false;
  let isDue = false;
  return async () => {
    isDue = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isDue) {
        isDue = false;
        await deed();
      }
    } finally {
      isRunning = false;
    }
  };
}

const FILL = { today: fillToday, contacts: fillContacts, outbox: fillOutbox };

async function start() {
  if (!(await canKeep())) return;
  const name = page?.dataset.keptPage;
  const unsent = document.querySelector("[data-unsent]");
  const copy = name && name !== "outbox" ? await copyOf(await currentPerson()) : undefined;
  if (copy) await tellAge(copy);
  const fill = async () => {
    if (name === "outbox" || (name === "today" && copy)) await FILL[name](copy);
    if (unsent) await fillUnsent(unsent);
  };
  if (name === "contacts" && copy) fillContacts(copy);
  document.querySelector("[data-send-now]")?.addEventListener("click", () => sendAll());
  const again = together(fill);
  onChange(({ type }) => ["changed", "done"].includes(type) && again());
  await again();
  document.documentElement.dataset.filled = "";
}

start();
