// The way out: what is unsent would be lost, so the person decides; then everything
// that the phone kept is destroyed, before the server hears of it.

import { gettext, interpolate, ngettext, pgettext } from "../i18n.js";
import { make } from "./icons.js";
import { sendAll, whoIsSignedIn } from "./send.js";
import { counts, currentPerson, wipe } from "./store.js";

const FORM = 'form[action="/iziet/"]';

function entriesInWords(count) {
  const words = ngettext(
    "There is %(count)s unsent entry on this phone. If you sign out now, it will be lost.",
    "There are %(count)s unsent entries on this phone. If you sign out now, they will be lost.",
    count,
  );
  return interpolate(words, { count }, true);
}

function draftsTooInWords(count) {
  const words = ngettext(
    "%(count)s unfinished draft will be lost too.",
    "%(count)s unfinished drafts will be lost too.",
    count,
  );
  return interpolate(words, { count }, true);
}

function draftsInWords(count) {
  const words = ngettext(
    "There is %(count)s unfinished draft on this phone. If you sign out now, it will be lost.",
    "There are %(count)s unfinished drafts on this phone. If you sign out now, they will be lost.",
    count,
  );
  return interpolate(words, { count }, true);
}

// What would be lost, in words; nothing if nothing would
async function question() {
  const { waiting, fix, draft } = await counts();
  const entries = waiting + fix;
  return {
    words: entries
      ? [entriesInWords(entries), draft && draftsTooInWords(draft)].filter(Boolean).join(" ")
      : draft && draftsInWords(draft),
    stay: entries ? gettext("Stay and send") : pgettext("not sign out", "Stay"),
  };
}

function button(className, text, value) {
  const element = make("button", `btn ${className}`, text);
  element.value = value;
  return element;
}

async function ask({ words, stay }) {
  const text = make("p", "", words);
  text.id = "sign-out-question";
  const form = make(
    "form",
    "",
    text,
    make(
      "div",
      "buttons",
      button("btn-primary", stay, "stay"),
      button("btn-outline-danger", gettext("Sign out and delete"), "leave"),
    ),
  );
  form.method = "dialog";
  const dialog = make("dialog", "dialog", form);
  dialog.setAttribute("aria-labelledby", text.id);
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  dialog.remove();
  return dialog.returnValue === "leave";
}

async function forgetPages() {
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.unregister();
}

async function leave(form) {
  const lost = await question();
  if (lost.words && !(await ask(lost))) return sendAll();
  // Asked before everything is forgotten, because asking remembers the time
  const token = await whoIsSignedIn().then((me) => me.token, () => "");
  const person = await currentPerson();
  if (person) await wipe(person);
  await forgetPages();
  if (!token) return sayWhatIsLeftToDo();
  const field = form.querySelector("[name=csrfmiddlewaretoken]") ?? hidden(form);
  field.value = token;
  return form.submit();
}

// Without signal the server has not heard of it
function sayWhatIsLeftToDo() {
  document.querySelector("main").replaceChildren(
    make("h1", "", pgettext("heading", "Signed out on this phone")),
    make("p", "mt-2", gettext("There is no internet. Everything that was kept on this phone is deleted. When there is internet, open Tilts and sign out once more.")),
  );
}

function hidden(form) {
  const field = make("input", "");
  Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken" });
  form.append(field);
  return field;
}

export function guardSignOut() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(FORM);
    if (!form) return;
    event.preventDefault();
    leave(form);
  });
}
