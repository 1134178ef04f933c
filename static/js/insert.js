// Sentences and lines that are offered beside a text can be added to it by a tap: at the
// cursor, or at the end while nobody has been in the text. What stands there says so.

const said = document.querySelector("[data-inserted]");
const visited = new WeakSet();

function isList(text) {
  return text.hasAttribute("data-lines");
}

const has = (text, piece) => isList(text)
  ? text.value.split("\n").some((line) => line.trim() === piece)
  : text.value.includes(piece);

function room(before, piece) {
  return before && !/\s$/.test(before) ? ` ${piece}` : piece;
}

function add(text, piece) {
  if (isList(text)) {
    const lines = text.value.split("\n").filter((line) => line.trim());
    text.value = [...lines, piece].join("\n");
  } else {
    const [start, end] = visited.has(text)
      ? [text.selectionStart, text.selectionEnd]
      : [text.value.length, text.value.length];
    text.setRangeText(room(text.value.slice(0, start), piece), start, end, "end");
  }
  visited.add(text);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const button of document.querySelectorAll("[data-insert]")) {
  const { insert: piece, into } = button.dataset;
  const text = document.getElementById(into);
  const show = () => {
    const isThere = has(text, piece);
    button.querySelector("[data-add]").hidden = isThere;
    button.querySelector("[data-added]").hidden = !isThere;
    button.setAttribute("aria-disabled", isThere);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (has(text, piece)) return;
    add(text, piece);
    // Said anew each time, also the same words
    said.textContent = "";
    requestAnimationFrame(() => {
      said.textContent = said.dataset.inserted;
    });
  });
  text.addEventListener("input", show);
  text.addEventListener("focus", () => visited.add(text));
  show();
}

for (const group of document.querySelectorAll("[data-starters]")) {
  const text = document.getElementById(group.dataset.starters);
  group.hidden = false;
  text.addEventListener("focus", () => visited.add(text));
  group.addEventListener("click", ({ target }) => {
    const { start } = target.dataset;
    if (!start) return;
    add(text, start.replace(/\s*…$/, " "));
    // The sentence goes on at the cursor
    text.focus();
  });
}
