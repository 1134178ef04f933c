// Keys for the desk: each presses a button or link that is on the page anyway.
// Which there are is declared in agenda/shortcuts.py; the dialog of ? lists them.

const FIELDS = "input, textarea, select, [contenteditable]";
const ROWS = "[data-row], main .rows a";
const PATIENCE = 1500;

const dialog = document.getElementById("shortcuts");
let wentAt = 0;

const here = () => document.activeElement.closest("[data-row]");

function press(key) {
  const find = `[data-key="${key}"]`;
  const isShown = (element) => element.checkVisibility();
  const target = [...(here()?.querySelectorAll(find) ?? []), ...document.querySelectorAll(find)].find(isShown);
  target?.click();
  return Boolean(target);
}

function move(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
  const now = rows.indexOf(here() ?? document.activeElement);
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
  next?.focus();
  return Boolean(next);
}

function search() {
  const field = document.querySelector("main input[type=search]");
  field?.focus();
  return Boolean(field);
}

function goTo(key) {
  const place = document.querySelector(`.top-nav [data-go="${key}"]`);
  place?.click();
  return Boolean(place);
}

function inField(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return true;
  }
  const box = event.target.closest("details.comment-box");
  if (event.key !== "Escape" || !box) return false;
  box.open = false;
  box.querySelector("summary").focus();
  return true;
}

function outsideOfFields({ key, shiftKey, timeStamp }) {
  const follows = timeStamp - wentAt < PATIENCE;
  wentAt = 0;
  if (follows && goTo(key.toLowerCase())) return true;
  switch (key) {
    case "?": return dialog.showModal() ?? true;
    case "/": return search();
    case "j": case "k": return move(key === "j" ? 1 : -1);
    case "g": wentAt = timeStamp; return true;
    default: return /^[a-z]$/iu.test(key) && press(shiftKey ? key.toUpperCase() : key);
  }
}

document.addEventListener("keydown", (event) => {
  const { target, altKey, ctrlKey, metaKey, isComposing } = event;
  if (isComposing || dialog.open || !(target instanceof Element)) return;
  if (target.matches(FIELDS)) {
    if (inField(event)) event.preventDefault();
  } else if (!altKey && !ctrlKey && !metaKey && outsideOfFields(event)) {
    event.preventDefault();
  }
});

// What leaves the page for good by a key asks first
for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => {
    if (!event.isTrusted && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });
}

document.querySelector("[data-keys-bar]")?.removeAttribute("hidden");
