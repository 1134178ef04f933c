// Two minutes before a session ends a note asks whether to stay. The server knows best how
// much is left: other pages of the same person count too. Words that are sent after the end
// stay on the page until the person has signed in anew, in another window.

const WARN = 120;
const box = document.querySelector("[data-session-end]");
const { url } = box.dataset;
let timer;

const isWritten = () =>
  [...document.querySelectorAll("main textarea, main input:not([type=hidden])")]
    .some((field) => field.value !== field.defaultValue);

async function secondsLeft(options = {}) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, ...options });
  return answer.ok ? (await answer.json()).seconds : 0;
}

function over() {
  // What was typed stays to be copied; everything else leaves the screen
  if (!isWritten()) location.reload();
  box.querySelector("[data-soon]").hidden = true;
  box.querySelector("[data-over]").hidden = false;
  box.hidden = false;
}

function wait(seconds) {
  clearTimeout(timer);
  box.hidden = seconds > WARN;
  if (seconds <= 0) return over();
  const next = seconds > WARN ? seconds - WARN : seconds;
  timer = setTimeout(look, next * 1000 + 500);
}

async function look() {
  try {
    wait(await secondsLeft());
  } catch {
    // Without signal nobody knows; asked again soon
    timer = setTimeout(look, 30_000);
  }
}

box.querySelector("button").addEventListener("click", async () => {
  const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  wait(await secondsLeft({ method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } }));
});
// These keep their words themselves
const KEEPS_WORDS = "[data-keep-words], [data-visit-form], [data-notice-form]";
const JUST_ASKED = 10_000;
let askedAt = 0;
let isAsking = false;

async function whoIsSignedIn() {
  try {
    const answer = await fetch(box.dataset.device, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : {};
  } catch {
    return undefined;
  }
}

async function sendIfSignedIn(form, submitter) {
  isAsking = true;
  const me = await whoIsSignedIn();
  isAsking = false;
  if (me && me.person !== document.documentElement.dataset.person) return wait(0);
  askedAt = Date.now();
  // A sign-in in another window has changed it; without signal the browser tells
  if (me) form.querySelector("[name=csrfmiddlewaretoken]").value = me.token;
  form.requestSubmit(submitter);
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.method !== "post" || target.matches(KEEPS_WORDS) || !isWritten()) return;
  if (Date.now() - askedAt < JUST_ASKED) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!isAsking) sendIfSignedIn(target, submitter);
}, { capture: true });

// A computer that slept has counted no seconds
document.addEventListener("visibilitychange", () => document.hidden || look());
wait(Number(box.dataset.seconds));
