// A search field over the options of one or more selects: the ARIA 1.2 combobox
// with a list. The selects stay in the form and are what is sent.

import { fold } from "./fold.js";
import { bestFirst, rank } from "./search.js";
import { askIfSimilar } from "./similar.js";

const SHOWN = 6;
let count = 0;

export class Combobox {
  // texts: dataset with label, hint, found, nothing, add, and for a form where something
  // new can be written down, news: {name of the select: name of the input}
  constructor({ selects, id, texts, onPick, onAdd }) {
    this.items = selects.flatMap((select) => itemsOf(select));
    this.texts = texts;
    this.onPick = onPick;
    this.onAdd = onAdd;
    this.build(id, `combobox-${(count += 1)}`);
    this.listen();
    if (texts.news) askIfSimilar(selects[0].form, this.items, JSON.parse(texts.news), onPick);
  }

  build(id, base) {
    this.root = document.createElement("div");
    this.root.className = "combobox";
    this.root.innerHTML = `
      <label class="visually-hidden"></label>
      <div class="search"><svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M21 21l-6-6"></path></svg>
      <input type="text" class="form-control" role="combobox" aria-autocomplete="list" aria-expanded="false" autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"></div>
      <ul class="combobox__list" role="listbox" hidden></ul>
      <p class="field__hint"></p>
      <p class="visually-hidden" role="status"></p>`;
    [this.label, this.input, this.list, this.hint, this.status] = [
      "label", "input", "ul", ".field__hint", "[role=status]",
    ].map((selector) => this.root.querySelector(selector));
    this.input.id = this.label.htmlFor = id;
    this.list.id = `${base}-list`;
    this.input.setAttribute("aria-controls", this.list.id);
    this.list.setAttribute("aria-label", this.texts.label);
    this.label.textContent = this.input.placeholder = this.texts.label;
    this.hint.textContent = this.texts.hint ?? "";
    this.hint.hidden = !this.texts.hint;
    if (this.texts.hint) {
      this.hint.id = `${base}-hint`;
      this.input.setAttribute("aria-describedby", this.hint.id);
    }
  }

  listen() {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.close();
    });
    // Before the blur of the input, which would close the list under the finger
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(row);
    });
  }

  search() {
    const query = fold(this.input.value);
    if (!query) return this.close();
    // A school before its teachers, whose second line names it
    const byTitle = (item) => Number(rank(query, item.titleWords) === undefined);
    const likely = [...this.items].sort((a, b) => byTitle(a) - byTitle(b));
    const found = bestFirst(query, likely).slice(0, SHOWN);
    this.list.replaceChildren(...found.map((item) => this.row(item, query)), this.addRow());
    for (const [n, row] of [...this.list.children].entries()) row.id = `${this.list.id}-${n}`;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(found.length ? 0 : -1);
    this.say(found.length ? `${this.texts.found} ${found.length}` : this.texts.nothing);
    this.hint.hidden = !(this.texts.hint || !found.length);
    this.hint.textContent = found.length ? this.texts.hint ?? "" : this.texts.nothing;
    return undefined;
  }

  row(item, query) {
    const row = option("combobox__row");
    const title = document.createElement("b");
    title.append(...marked(item.title, query));
    const hint = document.createElement("small");
    hint.append(...marked(item.hint, query));
    row.append(title, hint);
    row.item = item;
    return row;
  }

  addRow() {
    const row = option("combobox__row combobox__add");
    row.textContent = `${this.texts.add} „${this.input.value.trim()}”`;
    return row;
  }

  key(event) {
    const rows = this.list.children;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Escape") {
      this.input.value = "";
    } else if (event.key === "Enter" && !event.ctrlKey) {
      // In the form, Enter would save
      event.preventDefault();
      if (rows[this.active] && !this.list.hidden) this.choose(rows[this.active]);
    } else if (step) {
      event.preventDefault();
      if (this.list.hidden) this.search();
      else this.mark((this.active + step + rows.length) % rows.length);
    }
  }

  mark(position) {
    this.active = position;
    for (const [n, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(n === position));
      if (n === position) row.scrollIntoView({ block: "nearest" });
    }
    const row = this.list.children[position];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    const typed = this.input.value.trim();
    this.input.value = "";
    this.close();
    if (row.item) this.onPick(row.item);
    else this.onAdd(typed);
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
    this.hint.hidden = !this.texts.hint;
    this.hint.textContent = this.texts.hint ?? "";
  }

  // Waits until the typing stops, so that every letter is not read aloud
  say(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.status.textContent = text;
    }, 400);
  }
}

// In the order of data-order, the likeliest first, else as they stand in the select
function itemsOf(select) {
  return [...select.options]
    .filter((entry) => entry.dataset.title)
    .map((entry, position) => ({
      select,
      value: entry.value,
      title: entry.dataset.title,
      hint: entry.dataset.hint ?? "",
      titleWords: fold(entry.dataset.title),
      order: Number(entry.dataset.order ?? position),
      // What is told besides, as the day of the last contact, is not searched
      words: fold(entry.text),
    }))
    .sort((a, b) => a.order - b.order);
}

function option(className) {
  const row = document.createElement("li");
  row.className = className;
  row.setAttribute("role", "option");
  return row;
}

// The letters that were typed stand out, where they are letter for letter the same
function marked(text, query) {
  const letters = [...text.normalize("NFC")];
  const folded = letters.map((letter) => fold(letter)[0] ?? " ").join("");
  const hits = letters.map(() => false);
  for (const word of query.split(" ")) {
    const start = ` ${folded}`.indexOf(` ${word}`);
    const found = start < 0 ? folded.indexOf(word) : start;
    if (found >= 0) hits.fill(true, found, found + word.length);
  }
  const pieces = [];
  letters.forEach((letter, n) => {
    if (hits[n] !== hits[n - 1]) pieces.push(document.createElement(hits[n] ? "mark" : "span"));
    pieces.at(-1).append(letter);
  });
  return pieces;
}
