// Asks before a new name is sent that may be known already: the known one can be taken
// with one tap. The server asks the same where there is no script.

import { isAlike } from "./search.js";

// inputs: {name of the select: name of the input for a new one}; pick: takes an item
export function askIfSimilar(form, items, inputs, pick) {
  const questions = Object.entries(inputs).map(([select, input]) => new Question(
    form.elements[input],
    items.filter((item) => item.select.name === select),
    pick,
  ));
  form.append(hasAsked());
  // Before the form hears of it, which may save at once
  document.addEventListener("submit", (event) => {
    const open = event.target === form && questions.find((question) => question.isOpen());
    if (!open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open.note.focus();
  }, { capture: true });
}

function hasAsked() {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "confirm_partner", value: "1" });
  return input;
}

class Question {
  constructor(input, items, pick) {
    Object.assign(this, { input, items, pick });
    input.addEventListener("focusout", () => this.isOpen());
  }

  // Looks again, because a name can be changed without leaving the field
  isOpen() {
    const name = this.input.value.trim();
    if (name !== this.askedFor) this.ask(name);
    return this.note?.isConnected;
  }

  ask(name) {
    this.askedFor = name;
    this.note?.remove();
    const found = this.items.filter((item) => isAlike(name, item.title));
    if (!found.length) return;
    const page = document.querySelector("template[data-similar]").content.cloneNode(true);
    this.note = page.firstElementChild;
    const list = this.note.querySelector("ul");
    const row = list.firstElementChild;
    list.replaceChildren(...found.map((item) => this.row(row.cloneNode(true), item)));
    this.note.querySelector("[data-as-new]").addEventListener("click", () => {
      this.note.remove();
      this.input.focus();
    });
    this.input.closest(".field").after(this.note);
  }

  row(row, item) {
    for (const name of row.querySelectorAll("[data-name]")) name.textContent = item.title;
    row.querySelector("[data-about]").textContent = item.hint;
    row.querySelector("button").addEventListener("click", () => {
      this.note.remove();
      this.input.value = "";
      this.askedFor = "";
      this.pick(item);
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return row;
  }
}
