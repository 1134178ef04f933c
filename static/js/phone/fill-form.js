// Runs before the log form comes to life. Fills a form that the phone kept with the
// choices of the sealed copy, sets its days to today, and puts back what was written.

import { gettext, interpolate, ngettext } from "../i18n.js";
import { daysBetween, past } from "../near-days.js";
import { recentFamilies } from "../recents.js";
import { addDays, today } from "./clock.js";
import { hideNote } from "./hide-note.js";
import { make } from "./icons.js";
import { areHidden, hideNames, nameOf } from "./names.js";
import { canKeep, contentOf, copyOf, currentPerson, item, items } from "./store.js";

// What an entry and its copy have in common; never the note and the next step
const COPIED = new Set([
  "family", "family_other", "without", "municipality", "case", "kind", "activity", "areas",
  "transport", "minutes", "minutes_other_hours", "minutes_other_minutes",
  "contact", "contact_other", "institution",
]);

const form = document.querySelector("[data-visit-form]");
const query = new URLSearchParams(location.search);
const isKept = "isKept" in form.dataset;
const field = (name) => form.querySelector(`[name="${name}"]`);
const radios = (name) => [...form.querySelectorAll(`input[type=radio][name="${name}"]`)];

// Days

function shiftDays(count) {
  for (const input of form.querySelectorAll("input[type=radio]")) {
    if (/^\d{4}-\d\d-\d\d$/.test(input.value)) input.value = addDays(input.value, count);
  }
  for (const span of form.querySelectorAll("[data-question]:not([data-question=''])")) {
    // The question names another day now; the general one stays true
    span.remove();
  }
}

// Choices

function tile(name, value, title, hint, data = {}) {
  const input = make("input", "");
  Object.assign(input, { type: "radio", name, value });
  Object.assign(input.dataset, data);
  const text = make("span", "", title, hint && make("small", "", hint));
  return make("label", `chip${hint ? " chip--hint" : ""}`, input, make("span", "", text));
}

function addTiles(name, tiles) {
  const first = radios(name)[0].closest("label");
  first.before(...tiles);
  for (const [n, input] of radios(name).entries()) input.id = `id_${name}_${n}`;
}

function addOptions(name, options) {
  const select = field(name);
  const last = name === "case" ? select.querySelector("option[value=none]") : null;
  for (const { value, text, data } of options) {
    const option = make("option", "", text);
    option.value = value;
    Object.assign(option.dataset, data);
    select.insertBefore(option, last);
  }
}

const office = ({ post, office: name }) => [post, name].filter(Boolean).join(", ");

// What is due comes first, then the family met last
function compareLikelihood(one, other, day) {
  const isDue = ({ dueOn }) => Boolean(dueOn && dueOn <= day);
  const met = ({ lastOn }) => (lastOn ? Date.parse(lastOn) : 0);
  return isDue(other) - isDue(one) || met(other) - met(one);
}

// “UPC-009, 2 lietas, vakar”
function about({ code, lastOn }, { cases }, day) {
  const count = cases.filter(({ family }) => family === code).length;
  const words = ngettext("%(count)s case", "%(count)s cases", count);
  const said = count ? interpolate(words, { count }, true) : "";
  return [areHidden() ? "" : code, said, lastOn && past(lastOn, day)].filter(Boolean).join(", ");
}

function fillFamilies(copy, day, first) {
  const byCode = new Map(copy.families.map((family) => [family.code, family]));
  let recents = recentFamilies(copy.families, day);
  if (byCode.has(first)) {
    recents = [{ code: first, hint: areHidden() ? "" : first }, ...recents.filter(({ code }) => code !== first)].slice(0, 3);
  }
  addTiles("family", recents.map(({ code, hint }) => tile("family", code, nameOf(byCode.get(code)), hint)));
  const likely = [...copy.families].sort((a, b) => compareLikelihood(a, b, day));
  addOptions("family_other", copy.families.map((family) => ({
    value: family.code,
    text: `${nameOf(family)} ${family.code}`,
    data: { title: nameOf(family), hint: about(family, copy, day), order: likely.indexOf(family) },
  })));
  addOptions("case", copy.cases.map(({ code, family, title, area }) => ({
    value: code,
    text: title,
    data: { title, family, area },
  })));
}

function fillPartners(copy) {
  addTiles("contact", copy.people.filter(({ isRecent }) => isRecent).map((person) =>
    tile("contact", person.id, person.name, office(person), {
      cases: person.cases.join(" "),
      areas: person.areas.join(" "),
    }),
  ));
  addOptions("contact_other", copy.people.map((person, order) => ({
    value: person.id,
    text: [person.name, office(person)].filter(Boolean).join(", "),
    data: { title: person.name, hint: office(person), order },
  })));
  addOptions("institution", copy.institutions.map(({ id, name }) => ({
    value: id,
    text: name,
    data: { title: name, hint: gettext("institution") },
  })));
}

function fillPlaces(copy) {
  const box = form.querySelector('[data-part="municipality"]');
  if (!box) return;
  if (copy.places.length < 2) box.remove();
  else box.querySelector(".chips").append(
    ...copy.places.map(({ slug, label }) => tile("municipality", slug, label)),
  );
}

// Answers

function set(name, value) {
  const choices = radios(name);
  if (choices.length) {
    const choice = choices.find((input) => input.value === value);
    if (choice) choice.checked = true;
    else setByHand(name, value);
    return;
  }
  const boxes = [...form.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
  const box = boxes.find((input) => input.value === value) ?? (boxes.length === 1 ? boxes[0] : undefined);
  if (box) box.checked = true;
  else if (field(name)) field(name).value = value;
}

function setByHand(name, value) {
  const other = radios(name).find((input) => input.value === "other");
  const input = field(`${name}_other`);
  if (!other || !input) return;
  input.value = value;
  if (input.value === value) other.checked = true;
}

const setAll = (pairs) => pairs.forEach(([name, value]) => value && set(name, value));

function setPartner({ contact, institution }) {
  if (contact) set("contact", contact);
  else if (institution) setAll([["contact", "none"], ["institution", institution]]);
}

function setLike(entry) {
  setAll([
    ["family", entry.family ?? "none"],
    ["without", entry.without],
    ["case", entry.case],
    ["kind", entry.kind],
    ["minutes", entry.minutes && String(entry.minutes)],
    ...(entry.areas ?? []).map((area) => ["areas", area]),
  ]);
  setPartner(entry);
}

// With what the form opens: for a step, a case, a family
function prefill(copy) {
  const step = copy.steps.find(({ id }) => id === query.get("uzdevums"));
  const code = step ? step.case : query.get("lieta");
  const known = copy.cases.find((one) => one.code === code);
  const family = step ? step.family : known?.family ?? query.get("gimene");
  if (step) {
    setLike({ ...step, areas: known ? [known.area] : [] });
    field("fulfils").value = step.id;
  } else if (family) {
    setLike({ family, case: known?.code, areas: known ? [known.area] : [] });
  }
}

// What was said last: on this phone if it waits here, else in the copy
async function lastEntry(copy) {
  const isPractice = document.getElementById("sample");
  // What cannot be read any more is not offered
  const unsent = isPractice ? [] : await items("waiting");
  const waiting = await Promise.all(unsent.map((one) => contentOf(one).catch(() => undefined)));
  const content = waiting.findLast((one) => one && !one.page);
  if (content) {
    const { family, subject, what } = content.about;
    return { family, subject, what, fill: () => setAll(content.pairs.filter(([name]) => COPIED.has(name))) };
  }
  const { last } = copy;
  const chip = last && radios("kind").find((input) => input.value === last.kind)?.closest("label");
  return last && { ...last, what: chip?.textContent.trim() ?? "", fill: () => setLike(last) };
}

async function offerCopyOfLast(copy) {
  const button = form.querySelector("[data-copy-last]");
  const last = button && !query.has("uzdevums") && (await lastEntry(copy));
  if (!last) return;
  const subject = last.family ? nameOf({ code: last.family, label: last.subject }) : last.subject;
  button.querySelector("[data-text]").textContent = `${last.what.toLowerCase()}, ${subject}`;
  button.hidden = false;
  button.addEventListener("click", () => {
    location.replace(`${location.pathname}?ka-pedejais=1`);
  });
  if (query.has("ka-pedejais")) {
    last.fill();
    button.hidden = true;
  }
}

function tellWhatWasSaved() {
  const code = query.get("saglabats");
  if (!code || !isKept) return;
  const text = code === "telefona"
    ? gettext("Saved on this phone. You can write the next one.")
    : interpolate(gettext("Saved: %(code)s. You can write the next one."), { code }, true);
  const note = make("div", "note note--green", make("div", "", text));
  note.setAttribute("role", "status");
  form.prepend(note);
}

// Beside the form on a wide screen: what the server has of today
function showLogged(copy, day) {
  const list = document.querySelector("[data-logged-today]");
  if (!list || copy.today !== day || !copy.html?.logged) return;
  // Drawn by our own server, without scripts
  list.innerHTML = copy.html.logged;
  hideNames(list);
  list.hidden = false;
  list.nextElementSibling.hidden = true;
}

// A step, a case or a family that came after the copy was made
function asksForMore(copy) {
  const has = (name, rows, key) => !query.has(name) || rows.some((row) => row[key] === query.get(name));
  return !(
    has("uzdevums", copy.steps, "id") &&
    has("lieta", copy.cases, "code") &&
    has("gimene", copy.families, "code")
  );
}

async function fill() {
  const sample = document.getElementById("sample");
  const keeps = !sample && (await canKeep());
  // An unreadable copy is none: the server has the form
  const kept = keeps ? await copyOf(await currentPerson()).catch(() => undefined) : undefined;
  const copy = sample ? JSON.parse(sample.textContent) : kept;
  if (isKept && (!copy || (navigator.onLine && asksForMore(copy)))) {
    // Not here, or newer than the copy: the server has the whole form
    query.set("tiesi", "1");
    location.replace(`${location.pathname}?${query}`);
    await new Promise(() => {});
  }
  const day = await today();
  const shift = daysBetween(form.dataset.today, day);
  if (shift) shiftDays(shift);
  const id = query.get("ieraksts");
  const written = keeps && id ? await item(id) : undefined;
  const content = written && (await contentOf(written));
  if (isKept) {
    const first = query.get("gimene") ?? copy.steps.find((step) => step.id === query.get("uzdevums"))?.family;
    fillFamilies(copy, day, first);
    fillPartners(copy);
    fillPlaces(copy);
    showLogged(copy, day);
    if (!content) {
      set("visited_on", query.get("diena") ?? day);
      prefill(copy);
      await offerCopyOfLast(copy);
      tellWhatWasSaved();
    }
  }
  if (content) {
    for (const input of form.querySelectorAll("input:checked")) input.checked = false;
    setAll(content.pairs);
    // Added in the middle of this entry
    if (query.has("gimene")) set("family", query.get("gimene"));
    hideNote(field("note"));
  }
  const isAnother = query.has("saglabats") && !content;
  return { copy, written, content, isAnother, isPractice: Boolean(sample) };
}

// Until then a kept form is not shown, so that nothing jumps away under the thumb
export const filled = await fill().finally(() => {
  form.dataset.filled = "";
});
