// One line under the header: is there signal, what waits, what was sent. Amber, never
// red: without signal nothing is wrong.

import { gettext, interpolate, ngettext } from "../i18n.js";
import { icon, make } from "./icons.js";
import { sendAll } from "./send.js";
import { counts, fact, onChange } from "./store.js";

const place = document.querySelector("[data-strip]");
const OUTBOX = "/ieraksti/nenosutitie/";
const TELLS_FOR = 15_000;

let sending;
let justSent = 0;
let newVersion;
let isNotSent = false;

const amount = (words, count) => interpolate(words, { count }, true);

export function safeOffline(count) {
  const words = ngettext(
    "No internet. %(count)s entry is saved safely.",
    "No internet. %(count)s entries are saved safely.",
    count,
  );
  return amount(words, count);
}

function refused(count) {
  if (count === 1) return gettext("One entry could not be sent. Open it and correct what is marked.");
  return amount(
    ngettext("%(count)s entry could not be sent.", "%(count)s entries could not be sent.", count),
    count,
  );
}

function wereSent(count) {
  return amount(ngettext("%(count)s entry sent.", "%(count)s entries sent.", count), count);
}

function waits(count) {
  return amount(
    ngettext("%(count)s entry waits to be sent.", "%(count)s entries wait to be sent.", count),
    count,
  );
}

const look = { text: () => gettext("View"), href: OUTBOX };
const send = { text: () => gettext("Send now"), deed: () => sendAll() };
const signIn = {
  text: () => gettext("Sign in"),
  href: `/ieiet/?next=${encodeURIComponent(location.pathname)}`,
};

// What the line says: {icon, text, action}, or nothing
function wording({ waiting, fix }, stopped) {
  if (isNotSent) {
    const text = gettext("No internet, so nothing was saved. What you wrote stays on this page: save once more later.");
    return { icon: "cloud-off", text };
  }
  if (sending) {
    const text = interpolate(gettext("Sending %(n)s of %(of)s…"), sending, true);
    return { icon: "cloud-upload", text, kind: "blue" };
  }
  if (justSent && !waiting) {
    const text = stopped === "" && wasOffline ? `${gettext("The internet is back.")} ${wereSent(justSent)}` : wereSent(justSent);
    return { icon: "circle-check", text, kind: "green" };
  }
  if (fix) return { icon: "alert-triangle", text: refused(fix), action: look };
  if (waiting && stopped === "signed_out") {
    const text = gettext("Your session has ended. The entry is safe. Sign in again to send it.");
    return { icon: "lock", text, action: signIn };
  }
  if (waiting && (stopped === "person" || stopped === "role")) {
    const text = gettext("These entries cannot be sent with this account. They stay on this phone; call the coordinator.");
    return { icon: "lock", text, action: look };
  }
  if (waiting && stopped === "server") {
    const text = gettext("Our side does not answer just now. Your entries are safe and will be sent later.");
    return { icon: "clock", text, action: send };
  }
  if (!navigator.onLine || stopped === "offline") {
    const text = waiting ? safeOffline(waiting) : gettext("No internet. You can go on writing.");
    return { icon: "cloud-off", text, action: waiting ? look : undefined };
  }
  if (waiting) return { icon: "clock", text: waits(waiting), action: send };
  if (newVersion) {
    const text = gettext("There is a new version of Tilts.");
    return { icon: "refresh", text, action: { text: () => gettext("Renew"), deed: newVersion } };
  }
  return undefined;
}

let wasOffline = !navigator.onLine;
let shown = "";

async function show() {
  if (!place) return;
  const said = wording(await counts(), (await fact("stopped")) ?? "");
  const text = said ? `${said.text}${said.action?.text() ?? ""}` : "";
  if (text === shown) return;
  shown = text;
  place.replaceChildren(...(said ? [line(said)] : []));
}

function line({ icon: name, text, action, kind }) {
  const strip = make("div", "strip", icon(name), make("span", "", text));
  if (kind) strip.classList.add(`strip--${kind}`);
  if (action?.href) {
    const link = make("a", "", action.text());
    link.href = action.href;
    strip.append(link);
  } else if (action) {
    const button = make("button", "strip__button", action.text());
    button.type = "button";
    button.addEventListener("click", action.deed);
    strip.append(button);
  }
  return strip;
}

export function offerNewVersion(renew) {
  newVersion = renew;
  show();
}

export function watch() {
  onChange((message) => {
    if (message.type === "sending") sending = message;
    if (message.type === "idle") sending = undefined;
    if (message.type === "done" && message.sent) {
      justSent = message.sent;
      setTimeout(() => {
        justSent = 0;
        wasOffline = !navigator.onLine;
        show();
      }, TELLS_FOR);
    }
    show();
  });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data !== "not sent") return;
    isNotSent = true;
    // Buttons that one tap has closed open again
    dispatchEvent(new Event("pageshow"));
    show().then(() => place?.scrollIntoView({ block: "center" }));
  });
  document.addEventListener("submit", () => {
    isNotSent = false;
    show();
  });
  addEventListener("offline", () => {
    wasOffline = true;
    show();
  });
  addEventListener("online", show);
  show();
}
