// Keeps on the phone whom a mediator told that a child is in danger, then sends it. The
// page is the same with and without signal; what is written is never lost with it.

import { gettext } from "../i18n.js";
import { clockNow, today } from "./clock.js";
import { notSaved, showErrors } from "./form-errors.js";
import { hideNote } from "./hide-note.js";
import { sendAll, sendDirectly } from "./send.js";
import { canKeep, contentOf, currentPerson, forget, item, keep, sentCode } from "./store.js";

const PAGE = "/berns-briesmas/";
const SEND = "/berns-briesmas/sutit/";
const STORED = `${PAGE}?zinots=1&saglabats=1`;
const PATIENCE = 3_000;
const NOT_ANSWERS = new Set(["csrfmiddlewaretoken", "client_uuid"]);

const form = document.querySelector("[data-notice-form]");
const field = (name) => form.querySelector(`[name="${name}"]`);

// One number for one notice, so that it is stored once however often it is sent
async function numbered() {
  const given = new URLSearchParams(location.search).get("ieraksts");
  const written = given ? await item(given) : undefined;
  // A corrected one is another one: perhaps the server has the first and its answer was lost
  field("client_uuid").value = crypto.randomUUID();
  return written;
}

async function fill(written) {
  // Unreadable: sealed with a key that is gone
  const content = written && (await contentOf(written).catch(() => undefined));
  if (!content) {
    // What the server has sent back is not changed
    if (document.querySelector(".error-summary")) return;
    // The page may have been kept days ago
    field("told_on").value = await today();
    field("told_time").value = await clockNow();
    return;
  }
  for (const [name, value] of content.pairs) {
    const choice = form.querySelector(`input[type=radio][name="${name}"][value="${CSS.escape(value)}"]`);
    if (choice) choice.checked = true;
    else field(name).value = value;
  }
  hideNote(field("note"));
  if (content.problem?.errors) showErrors(form, content.problem.errors);
}

function missing() {
  const answers = new FormData(form);
  const required = JSON.parse(document.getElementById("missing").textContent);
  return Object.entries(required)
    .filter(([name]) => !answers.get(name)?.trim())
    .map(([name, message]) => ({ field: name, code: "required", message }));
}

function content() {
  const pairs = [...new FormData(form)].filter(([name]) => !NOT_ANSWERS.has(name));
  const told = form.querySelector("input[name=told]:checked").closest("label").textContent.trim();
  const what = gettext("A child is in danger");
  return {
    page: PAGE,
    to: SEND,
    pairs,
    about: { family: "", subject: "", what, day: field("told_on").value, length: told },
  };
}

async function save(event, written) {
  event.preventDefault();
  const errors = missing();
  if (errors.length) return showErrors(form, errors);
  const id = field("client_uuid").value;
  const button = document.querySelector('button[form="form"]');
  button.disabled = true;
  try {
    await keep(id, "waiting", content());
    if (written) await forget(written.id);
  } catch (error) {
    await sendDirectly(form, PAGE).catch(() => {
      button.disabled = false;
      showErrors(form, [notSaved()]);
    });
    if (error.name !== "QuotaExceededError") throw error;
    return undefined;
  }
  await Promise.race([sendAll({ saved: id }), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const now = await item(id);
  if (!now && (await sentCode(id))) return location.assign(STORED);
  if (now?.state === "fix") {
    button.disabled = false;
    return showErrors(form, (await contentOf(now)).problem.errors);
  }
  document.querySelector("[data-notice-kept]").hidden = false;
  form.hidden = button.hidden = true;
  return document.querySelector("[data-notice-kept]").focus();
}

if (form && (await canKeep()) && (await currentPerson())) {
  const written = await numbered();
  await fill(written);
  form.addEventListener("submit", (event) => save(event, written));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
if (form) form.dataset.ready = "";
