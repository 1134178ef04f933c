// A comment can be about some words of a part: those that are selected when its box opens.

const MOST = 300;
let chosen;

const partOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("[data-words]");

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const part = partOf(selection.anchorNode);
  if (!part || part !== partOf(selection.focusNode)) return;
  // A click on the button ends the selection too, outside of the words
  chosen = selection.isCollapsed ? undefined : { part, words: selection.toString() };
});

function shorten(words) {
  const text = words.split(/\s+/u).filter(Boolean).join(" ");
  return text.length <= MOST ? text : text.slice(0, text.lastIndexOf(" ", MOST) + 1 || MOST).trim();
}

function quote(box, words) {
  box.querySelector("input").value = words;
  box.querySelector("q").textContent = words;
  box.hidden = !words;
}

for (const box of document.querySelectorAll("[data-quote]")) {
  const part = box.closest("section").querySelector("[data-words]");
  box.closest("details").addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    if (part && chosen?.part === part) quote(box, shorten(chosen.words));
    chosen = undefined;
    target.querySelector("textarea").focus();
  });
  box.querySelector("button").addEventListener("click", () => {
    quote(box, "");
    box.closest("details").querySelector("textarea").focus();
  });
}
