// The log form with a script: shows what the answers so far call for, searches
// instead of long lists. Without it every question is visible and works.

import { Combobox } from "./combobox.js";
import { leadOn } from "./next-question.js";
import { filled } from "./phone/fill-form.js";
import { keepEntries } from "./phone/keep-entry.js";

const form = document.querySelector("[data-visit-form]");
const part = (name) => form.querySelector(`[data-part="${name}"]`);
const inputs = (name) => [...form.querySelectorAll(`input[name="${name}"]`)];
const chosen = (name) => inputs(name).find((input) => input.checked)?.value ?? "";
const texts = (name) => document.querySelector(`template[data-search="${name}"]`).dataset;
const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));

let keeper;

const WITHOUT_PLACE = "call";
const WITH_INSTITUTION = ["institution_meeting", "accompaniment", "call"];
const OPTIONAL = ["without", "contact", "next_step_on", "change", "case", "response"];
const CONTACTS_SHOWN = 3;
const NOTE_WARNS_AT = 400;

// A hidden question is not sent
function show(element, isShown) {
  if (!element) return;
  element.hidden = !isShown;
  if (element.tagName === "FIELDSET") element.disabled = !isShown;
}

// Chips with a way out: its inputs open with the chip "other" and are sent only then

function followChips(group) {
  const radios = [...group.querySelectorAll('input[type="radio"]')];
  const area = group.querySelector("[data-inputs]");
  const update = () => {
    const isOther = radios.some((radio) => radio.checked && radio.value === "other");
    area.hidden = !isOther || area.dataset.search !== undefined;
    for (const input of area.querySelectorAll("input, select")) input.disabled = !isOther;
  };
  group.addEventListener("change", (event) => {
    update();
    const first = area.querySelector("input");
    if (event.target.value === "other" && !area.hidden && first) first.focus();
  });
  update();
}

// The tile of a choice made by searching

function tileOf(name, value) {
  const radio = inputs(name).find((input) => input.value === value);
  return { radio, chip: radio?.closest(".chip") };
}

function fillTile({ radio, chip }, title, hint) {
  const text = chip.querySelector("span > span");
  text.textContent = title;
  if (hint) {
    const small = document.createElement("small");
    small.textContent = hint;
    text.append(small);
  }
  chip.hidden = false;
  radio.checked = true;
}

function selected(select) {
  const option = select.selectedOptions[0];
  return option?.value && option.dataset.title ? option : undefined;
}

function searchFamilies() {
  const select = form.querySelector('[name="family_other"]');
  const tile = tileOf("family", "other");
  const box = new Combobox({
    selects: [select],
    id: "family-search",
    texts: texts("family"),
    onPick(item) {
      select.value = item.value;
      fillTile(tile, item.title, item.hint);
      changed(tile.radio);
      tile.radio.focus();
    },
    async onAdd() {
      await keeper?.keepDraft();
      const entry = new URLSearchParams(location.search).get("ieraksts");
      const query = entry ? `?ieraksts=${entry}` : "";
      location.assign(`${texts("family").url}${query}`);
    },
  });
  const area = select.closest("[data-inputs]");
  area.dataset.search = "";
  area.after(box.root);
  const now = selected(select);
  if (now && tile.radio.checked) fillTile(tile, now.dataset.title, now.dataset.hint);
  else tile.chip.hidden = true;
}

function searchPartners() {
  const person = form.querySelector('[name="contact_other"]');
  const institution = form.querySelector('[name="institution"]');
  const box = form.querySelector("[data-institution]");
  const other = tileOf("contact", "other");
  const unknown = tileOf("contact", "none");
  const unknownText = unknown.chip.textContent.trim();
  // The link of the error summary leads to the search
  const id = institution.id;
  institution.id = `${id}-select`;
  const search = new Combobox({
    selects: [person, institution],
    id,
    texts: texts("partner"),
    onPick(item) {
      const isPerson = item.select === person;
      item.select.value = item.value;
      if (isPerson) fillTile(other, item.title, item.hint);
      else fillTile(unknown, item.title, unknownText);
      const { radio } = isPerson ? other : unknown;
      changed(radio);
      radio.focus();
    },
    onAdd(typed) {
      const fold = form.querySelector("[data-new-partner]");
      fold.open = true;
      const name = form.querySelector('[name="new_institution_name"]');
      name.value = typed;
      name.focus();
    },
  });
  const area = person.closest("[data-inputs]");
  area.dataset.search = "";
  box.before(search.root);
  box.hidden = true;
  form.addEventListener("change", (event) => {
    // A person brings the own institution along
    if (event.target.name === "contact" && event.target.value !== "none") institution.value = "";
  });
  const now = selected(person);
  const place = selected(institution);
  if (now && other.radio.checked) fillTile(other, now.dataset.title, now.dataset.hint);
  else other.chip.hidden = true;
  if (place) fillTile(unknown, place.dataset.title, unknownText);
  else unknown.chip.hidden = !unknown.radio.checked;
}

// The three officials that fit best: met in this case, then in this area

function sortContacts() {
  const tiles = inputs("contact").filter((input) => !["none", "other"].includes(input.value));
  const cases = chosen("case") || soleCase()?.value || "";
  const areas = inputs("areas").filter((input) => input.checked).map((input) => input.value);
  const score = ({ dataset }) => {
    if (cases && dataset.cases?.split(" ").includes(cases)) return 0;
    return areas.some((area) => dataset.areas?.split(" ").includes(area)) ? 1 : 2;
  };
  tiles
    .map((input, position) => ({ input, rank: [score(input), position] }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .forEach(({ input }, position) => {
      const chip = input.closest(".chip");
      chip.hidden = position >= CONTACTS_SHOWN && !input.checked;
      chip.parentElement.insertBefore(chip, tileOf("contact", "none").chip);
    });
}

// Cases of the chosen family, as chips instead of one long list

const caseSelect = form.querySelector('[name="case"]');
const caseBefore = { value: caseSelect.value, family: undefined };
const allCases = [...caseSelect.options]
  .filter((option) => option.dataset.family)
  .map((option) => ({ value: option.value, ...option.dataset }));

function familyCode() {
  const family = chosen("family");
  return family === "other" ? form.querySelector('[name="family_other"]').value : family;
}

const casesOf = (family) => allCases.filter((entry) => entry.family === family);

function soleCase() {
  const cases = casesOf(familyCode());
  return cases.length === 1 ? cases[0] : undefined;
}

function chip(name, value, label, isChecked) {
  const element = document.createElement("label");
  element.className = "chip";
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name, value, checked: isChecked });
  const face = document.createElement("span");
  face.textContent = label;
  element.append(input, face);
  return element;
}

function buildCases() {
  const box = part("case");
  const words = document.querySelector("template[data-cases]").dataset;
  const fieldset = document.createElement("fieldset");
  fieldset.className = "field";
  const legend = document.createElement("legend");
  legend.textContent = words.cases;
  const chips = document.createElement("div");
  chips.className = "chips";
  fieldset.append(legend, chips);
  const errors = box.querySelector(".field__error")?.parentElement;
  if (errors) fieldset.insertBefore(errors, chips);
  box.replaceChildren(fieldset);
  caseBefore.family = familyCode();
  return { box, fieldset, chips, words };
}

const caseChips = buildCases();

function showCases() {
  const family = familyCode();
  if (caseChips.family === family) return;
  caseChips.family = family;
  const cases = casesOf(family);
  const isBefore = family === caseBefore.family && caseBefore.value;
  const isAsked = cases.length > 1 || (cases.length === 1 && isBefore === "none");
  const value = isBefore || cases[0]?.value;
  caseChips.chips.replaceChildren(
    ...cases.map((entry) => chip("case", entry.value, entry.title, entry.value === value)),
    chip("case", "none", caseChips.words.noCase, value === "none"),
  );
  show(caseChips.box, isAsked);
  caseChips.fieldset.disabled = !isAsked;
  takeArea();
}

// The area of the case, as long as nobody chose areas by hand

let areasByHand = inputs("areas").some((input) => input.checked);
let areaOfCase;

function takeArea() {
  if (areasByHand) return;
  const current = allCases.find((entry) => entry.value === chosen("case")) ?? soleCase();
  if (areaOfCase) areaOfCase.checked = false;
  areaOfCase = inputs("areas").find((input) => input.value === current?.area);
  if (areaOfCase) areaOfCase.checked = true;
}

// What can be done in a contact of this kind, and in any

function offerActivities(kind) {
  const select = form.elements.activity;
  const fits = ({ value }) => value.startsWith("ANY_") || value.startsWith(`${kind.toUpperCase()}_`);
  for (const group of select.querySelectorAll("optgroup")) {
    group.hidden = group.disabled = Boolean(kind) && !fits(group.firstElementChild);
  }
  if (select.selectedOptions[0]?.closest("optgroup")?.disabled) select.value = "";
}

// What the answers so far call for

function update() {
  const kind = chosen("kind");
  const isNoFamily = chosen("family") === "none";
  showCases();
  show(part("without"), isNoFamily);
  show(part("municipality"), isNoFamily);
  const isGroup = kind === "group";
  show(part("people"), isGroup || (isNoFamily && chosen("without") === "unrecorded"));
  show(part("place"), isGroup);
  show(part("way"), kind !== WITHOUT_PLACE);
  const partner = form.querySelector("[data-partner]");
  offerActivities(kind);
  const isPartnerKind = WITH_INSTITUTION.includes(kind);
  partner.classList.toggle("more-chips--needed", isPartnerKind);
  if (isPartnerKind) partner.open = true;
  sortContacts();
  updateNextStep();
}

// Next step: the question names the day, suggestions fit the kind

const stepLine = form.querySelector('[name="next_step"]');
const suggestions = [...form.querySelectorAll("datalist option")];
const suggestionChips = document.createElement("div");
suggestionChips.className = "chips suggestions";
stepLine.removeAttribute("list");
stepLine.after(suggestionChips);
let suggestedFor;

function updateNextStep() {
  const day = chosen("next_step_on");
  const line = part("next-step-text");
  const isAsked = day && day !== "none";
  show(line, isAsked);
  stepLine.disabled = !isAsked;
  const questions = [...form.querySelectorAll("[data-question]")];
  const fitting = questions.find((span) => span.dataset.question === day) ?? questions[0];
  for (const span of questions) span.hidden = span !== fitting;
  const kind = chosen("kind");
  if (kind === suggestedFor) return;
  suggestedFor = kind;
  suggestionChips.replaceChildren(
    ...suggestions
      .filter((option) => option.dataset.kinds.split(" ").includes(kind))
      .map((option) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "chip-link";
        button.textContent = option.value;
        button.addEventListener("click", () => {
          stepLine.value = option.value;
          changed(stepLine);
        });
        return button;
      }),
  );
}

// An optional answer goes away with a second tap

function allowUndo() {
  for (const name of OPTIONAL) for (const radio of inputs(name)) radio.dataset.on = radio.checked ? "1" : "";
  form.addEventListener("click", (event) => {
    const radio = event.target;
    if (radio.type !== "radio" || !OPTIONAL.includes(radio.name)) return;
    if (radio.dataset.on) {
      radio.checked = false;
      changed(radio);
    }
    for (const each of inputs(radio.name)) each.dataset.on = each.checked ? "1" : "";
  });
}

function countNote() {
  const note = form.querySelector('[name="note"]');
  const line = form.querySelector("[data-countdown]");
  const number = line.querySelector("[data-count]");
  const count = () => {
    line.hidden = note.value.length < NOTE_WARNS_AT;
    number.textContent = note.value.length;
  };
  note.addEventListener("input", count);
  count();
}

// One tap, one entry: the server is the truth, this only spares the second request

function guardSaving() {
  const buttons = document.querySelectorAll('button[form="form"]');
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    buttons.forEach((button) => (button.disabled = false));
  });
}

function saveByKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
}

searchFamilies();
searchPartners();
form.querySelectorAll("[data-or-other]").forEach(followChips);
const partner = form.querySelector("[data-partner]");
partner.open = Boolean(
  chosen("contact") || form.querySelector('[name="institution"]').value || partner.querySelector(".field__error"),
);
form.addEventListener("change", (event) => {
  if (event.target.name === "areas") areasByHand = true;
  if (event.target.name === "case") takeArea();
  update();
});
update();
allowUndo();
countNote();
saveByKeyboard();
leadOn(form);
// Where the browser can keep entries they go to the phone first, else straight away
keeper = await keepEntries(form, filled);
if (!keeper) guardSaving();
// The next entry of several begins where the hand, or the screen reader, expects it
if (filled.isAnother) inputs("family")[0].focus();
form.dataset.ready = "";
