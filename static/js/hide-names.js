// One tap hides the names of families or shows them again. The cookie is the same that
// the server writes for browsers without scripts; pages of the phone read it without signal.

import { areHidden, COOKIE } from "./phone/names.js";

const YEAR = 365 * 24 * 60 * 60;
const form = document.querySelector("[data-names-button]");
const button = form.querySelector("button");
let isTyped = false;

const opposite = () => (areHidden() ? "shown" : "hidden");

// A page that the phone keeps is the same for both
function look() {
  button.value = opposite();
  form.querySelector("[data-hide]").hidden = areHidden();
  form.querySelector("[data-show]").hidden = !areHidden();
}

// The log form keeps a draft under its number; other forms keep nothing
const isLost = () => isTyped && !new URLSearchParams(location.search).has("ieraksts");

function write(names) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${names}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

function openAgain() {
  location.replace(form.dataset.here ?? `${location.pathname}${location.search}`);
}

document.querySelector("main").addEventListener("input", () => {
  isTyped = true;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isLost() && !confirm(form.dataset.question)) return;
  write(button.value);
  openAgain();
});
// Back from the history, after the choice was changed on another page
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && button.value !== opposite()) openAgain();
});
look();
