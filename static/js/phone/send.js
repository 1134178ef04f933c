// Sends what waits, one after the other, in the order in which it was written.
// Used by pages and by the service worker. Sending again is harmless: the server
// knows the number of each entry.

import {
  announce, contentOf, currentPerson, item, items, keep, Overtaken, remember, settle,
} from "./store.js";

const DEVICE = "/ierice/";
const SEND = "/ieraksti/sutit/";
const PATIENCE = 30_000;

// Why sending stopped before everything was sent
export class Stopped extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// An answer counts only if it is JSON of ours: a captive portal says 200 as well
export async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
  } catch {
    throw new Stopped("offline");
  }
  if (response.status === 401) throw new Stopped("signed_out");
  if (response.status >= 500 || response.status === 429) throw new Stopped("server");
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const answer = isJson ? await response.json().catch(() => undefined) : undefined;
  if (!answer) throw new Stopped(response.status === 403 ? "token" : "offline");
  return { status: response.status, answer };
}

export async function whoIsSignedIn() {
  const { answer } = await ask(DEVICE);
  if (!answer.person) throw new Stopped("offline");
  await remember("skew", answer.now * 1000 - Date.now());
  return answer;
}

async function post(entry, token) {
  const { pairs, to = SEND } = await contentOf(entry);
  const body = new URLSearchParams(pairs);
  body.set("client_uuid", entry.id);
  body.set("person", entry.person);
  const { status, answer } = await ask(to, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token },
  });
  if (answer.number !== entry.id) throw new Stopped("offline");
  return { status, answer };
}

async function deliver(entry, token) {
  const { status, answer } = await post(entry, token);
  if (status === 200 || status === 201) {
    await settle(entry.id, answer.code, entry.version);
    return { ...answer, id: entry.id };
  }
  if (status === 403) throw new Stopped(answer.problem);
  const problem =
    status === 409
      ? { code: "conflict", stored: answer.stored }
      : { code: "refused", errors: answer.errors };
  try {
    await keep(entry.id, "fix", { ...(await contentOf(entry)), problem }, { over: entry.version });
  } catch (error) {
    // Corrected or deleted while it was on its way
    if (!(error instanceof Overtaken)) throw error;
  }
  return undefined;
}

// Somebody may have the entry open for changing; then it is not sent behind their back,
// unless it has just been saved
async function unlessBeingChanged(id, saved, deed) {
  if (!navigator.locks || id === saved) return deed();
  return navigator.locks.request(`tilts-item-${id}`, { ifAvailable: true }, (lock) =>
    lock ? deed() : undefined,
  );
}

async function sendInTurn(saved) {
  const sent = [];
  const waiting = await items("waiting");
  if (!waiting.length) return { sent };
  try {
    const me = await whoIsSignedIn();
    if (me.person !== (await currentPerson())) throw new Stopped("person");
    if (!me.is_mediator) throw new Stopped("role");
    for (const [n, { id }] of waiting.entries()) {
      announce({ type: "sending", n: n + 1, of: waiting.length });
      const receipt = await unlessBeingChanged(id, saved, async () => {
        // As it is now: another tab may have changed or sent it
        const entry = await item(id);
        return entry?.state === "waiting" ? deliver(entry, me.token) : undefined;
      });
      if (receipt) sent.push(receipt);
    }
    return { sent };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return { sent, stopped: error.reason };
  } finally {
    announce({ type: "idle" });
  }
}

// One sender at a time over all tabs and the service worker
export async function sendAll({ saved } = {}) {
  const outcome = navigator.locks
    ? await navigator.locks.request("tilts-send", () => sendInTurn(saved))
    : await sendInTurn(saved);
  await remember("stopped", outcome.stopped ?? "");
  announce({ type: "done", ...outcome, sent: outcome.sent.length });
  return outcome;
}

// Where the phone cannot keep what was written, the server may still take it. Leaves the
// page, or throws when there is no server; then nothing has been stored.
export async function sendDirectly(form, address) {
  const { token } = await whoIsSignedIn();
  let field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (!field) {
    field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken" });
    form.append(field);
  }
  field.value = token;
  form.action = address;
  form.submit();
}
