// What the phone keeps: entries that are not sent yet, and a copy of what is needed
// without signal. Everything that says something is sealed with a key that this
// browser can use and nobody can read out; signing out destroys the key.

import { openDB } from "../../vendor/idb/idb.js";

const NAME = "tilts";
const FORMAT = 1;
const STRICT = { durability: "strict" };
const SENT_REMEMBERED = 500;
export const UNDO_FOR = 10_000;

let opened;

export function database() {
  opened ??= openDB(NAME, FORMAT, {
    upgrade(db) {
      db.createObjectStore("keys", { keyPath: "person" });
      db.createObjectStore("items", { keyPath: "id" }).createIndex("person", "person");
      db.createObjectStore("copies", { keyPath: "person" });
      db.createObjectStore("sent", { keyPath: "id" }).createIndex("person", "person");
      db.createObjectStore("facts");
    },
    blocking() {
      opened?.then((db) => db.close());
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

// Private windows, forbidden storage and plain http have no safe place
export async function canKeep() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return false;
  try {
    await database();
    return true;
  } catch {
    return false;
  }
}

// Facts that say nothing about anybody: who is signed in (an id), times, versions

export async function fact(name) {
  return (await database()).get("facts", name);
}

export async function remember(name, value) {
  return (await database()).put("facts", value, name);
}

export const currentPerson = () => fact("person");

// Sealing

// Another window has written, sent or deleted the entry since this one looked, or its
// person has signed out
export class Overtaken extends Error {}

// A change that fails unless the person is still the one who is signed in: what began
// before somebody signed out must not put anything back
async function changeOf(person, stores) {
  const change = (await database()).transaction([...stores, "facts"], "readwrite", STRICT);
  if ((await change.objectStore("facts").get("person")) !== person) await giveUp(change);
  return change;
}

async function giveUp(change) {
  change.abort();
  // Aborting is what makes it fail
  await change.done.catch(() => {});
  throw new Overtaken();
}

async function keyOf(person) {
  const kept = await (await database()).get("keys", person);
  return kept?.key;
}

async function makeKey(person) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const change = await changeOf(person, ["keys"]);
  // Another tab may have been faster; two keys would make one of them useless
  const faster = await change.objectStore("keys").get(person);
  if (!faster) await change.objectStore("keys").add({ person, key });
  await change.done;
  return faster?.key ?? key;
}

const bound = (person, id) => new TextEncoder().encode(`${person}/${id}`);

async function seal(person, id, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bound(person, id) },
    (await keyOf(person)) ?? (await makeKey(person)),
    new TextEncoder().encode(JSON.stringify(value)),
  );
  return { iv, data };
}

async function unseal(person, id, { iv, data }) {
  const key = await keyOf(person);
  if (!key) throw new Overtaken();
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv, additionalData: bound(person, id) },
    key,
    data,
  );
  return JSON.parse(new TextDecoder().decode(plain));
}

// Entries: "draft" is being written, "waiting" is to be sent, "fix" was refused, "deleted"
// can still be taken back to what it was.
// An item is {id, person, state, order, version, changedAt} and, unsealed, its content:
// {pairs, about, missing, problem}, and for what is no log entry the page on which it is
// written and the address to which it is sent: {page, to}.

// Returns the version now kept. Who says over which version to write is refused with
// Overtaken when it is no longer that one; 0 is “not kept yet”.
export async function keep(id, state, content, { over } = {}) {
  const person = await currentPerson();
  if (!person) throw new Error("nobody is signed in on this phone");
  const sealed = await seal(person, id, content);
  const change = await changeOf(person, ["items"]);
  const before = await change.objectStore("items").get(id);
  const isOfAnother = before && before.person !== person;
  const versionBefore = !before || before.state === "deleted" ? 0 : before.version;
  if (isOfAnother || (over !== undefined && over !== versionBefore)) await giveUp(change);
  const version = (before?.version ?? 0) + 1;
  let order = before?.order;
  if (order === undefined) {
    order = ((await change.objectStore("facts").get("order")) ?? 0) + 1;
    await change.objectStore("facts").put(order, "order");
  }
  await change
    .objectStore("items")
    .put({ id, person, state, order, version, changedAt: Date.now(), sealed });
  // Only now is it true that the phone has it
  await change.done;
  announce();
  return version;
}

export async function items(state) {
  const db = await database();
  const person = await currentPerson();
  if (!person) return [];
  const all = await db.getAllFromIndex("items", "person", person);
  return all.filter((item) => item.state === state).sort((a, b) => a.order - b.order);
}

export async function item(id) {
  const found = await (await database()).get("items", id);
  const isHere = found?.person === (await currentPerson()) && found?.state !== "deleted";
  return isHere ? found : undefined;
}

export async function contentOf({ person, id, sealed }) {
  return unseal(person, id, sealed);
}

export async function forget(id) {
  const db = await database();
  await db.delete("items", id);
  announce();
}

// Deleting can be taken back for a while: until then it is neither sent nor counted

async function restate(id, stateAfter) {
  const db = await database();
  const change = db.transaction("items", "readwrite", STRICT);
  const now = await change.store.get(id);
  if (now) await change.store.put({ ...now, ...stateAfter(now), version: now.version + 1 });
  await change.done;
  announce();
}

export const setAside = (id) =>
  restate(id, ({ state }) => ({ state: "deleted", was: state, deletedAt: Date.now() }));

export const putBack = (id) =>
  restate(id, ({ state, was }) => ({ state: state === "deleted" ? was : state }));

export async function forgetDeleted() {
  const old = (await items("deleted")).filter(({ deletedAt }) => Math.abs(Date.now() - deletedAt) >= UNDO_FOR);
  for (const { id } of old) await forget(id);
}

// The server has it: off the list, and remembered by number so that no second tab
// sends it again. Two people who share a phone keep apart.
export async function settle(id, code, version) {
  const db = await database();
  const change = db.transaction(["items", "sent", "facts"], "readwrite", STRICT);
  const now = await change.objectStore("items").get(id);
  const person = now?.person;
  // Corrected while the older words were on their way: those stay, and the server will
  // show both. What was deleted meanwhile is there now, and is deleted there.
  if (now?.version === version || now?.state === "deleted") await change.objectStore("items").delete(id);
  if (person) {
    const at = Date.now();
    await change.objectStore("sent").put({ id, person, code, at });
    for (const name of ["sentAt", "changedAt"]) await change.objectStore("facts").put(at, name);
  }
  await change.done;
  announce();
}

export async function sentCode(id) {
  return (await (await database()).get("sent", id))?.code;
}

async function pruneSent() {
  const db = await database();
  const all = await db.getAll("sent");
  const old = all.sort((a, b) => b.at - a.at).slice(SENT_REMEMBERED);
  for (const { id } of old) await db.delete("sent", id);
}

export async function counts() {
  const count = async (state) => (await items(state)).length;
  return { draft: await count("draft"), waiting: await count("waiting"), fix: await count("fix") };
}

export async function unsentOfAnybody() {
  const all = await (await database()).getAll("items");
  return all.filter(({ state }) => state === "waiting" || state === "fix").length;
}

// The copy of what a mediator needs without signal

export async function keepCopy(person, etag, copy) {
  const sealed = await seal(person, "copy", copy);
  const change = await changeOf(person, ["copies"]);
  await change.objectStore("copies").put({ person, etag, at: Date.now(), sealed });
  await change.done;
  await pruneSent();
}

export async function copyOf(person) {
  const kept = person && (await (await database()).get("copies", person));
  if (!kept) return undefined;
  return { etag: kept.etag, at: kept.at, ...(await unseal(person, "copy", kept.sealed)) };
}

export async function copyMark(person) {
  const kept = person && (await (await database()).get("copies", person));
  return kept && { etag: kept.etag, at: kept.at };
}

// Who is signed in has changed; what another person left unsent stays sealed

export async function becomePerson(person) {
  const change = (await database()).transaction("facts", "readwrite");
  await change.store.put(person, "person");
  // They tell of the copy of the person before
  for (const name of ["checkedAt", "changedAt"]) await change.store.delete(name);
  await change.done;
  announce();
}

export async function wipe(person) {
  const db = await database();
  const change = db.transaction(["keys", "items", "copies", "sent", "facts"], "readwrite", STRICT);
  for (const name of ["items", "sent"]) {
    const store = change.objectStore(name);
    for (const id of await store.index("person").getAllKeys(person)) await store.delete(id);
  }
  await change.objectStore("keys").delete(person);
  await change.objectStore("copies").delete(person);
  const facts = change.objectStore("facts");
  if ((await facts.get("person")) === person) await facts.delete("person");
  await change.done;
  if (!(await db.count("items"))) await forgetEverything();
}

// Nothing of anybody is left: not even the empty database
async function forgetEverything() {
  (await database()).close();
  opened = undefined;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

// Other tabs and the service worker look again

const channel = globalThis.BroadcastChannel && new BroadcastChannel("tilts");
const listeners = new Set();

export function onChange(listener) {
  listeners.add(listener);
  channel?.addEventListener("message", (event) => listener(event.data));
}

export function announce(message = { type: "changed" }) {
  channel?.postMessage(message);
  for (const listener of listeners) listener(message);
}
