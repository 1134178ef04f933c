// The rules of the log form, as the server has them: what is missing or cannot be.
// tests/cases/rule_cases.json holds for both.

import { daysBetween } from "../near-days.js";
import { holdsPersonalCode } from "../personal-code.js";

const TEXTS = ["note", "next_step", "place", "new_institution_name", "new_contact_name"];
const PEOPLE = ["children", "youth", "adults"];
const ISO = /^\d{4}-\d\d-\d\d$/;

// The answers by name, with what was picked by hand instead of a chip
export function answersOf(pairs) {
  const all = (name) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const one = (name) => all(name)[0]?.trim() ?? "";
  const orOther = (name) => one(`${name}_other`) || (one(name) === "other" ? "" : one(name));
  return {
    family: orOther("family"),
    municipality: one("municipality"),
    case: one("case"),
    kind: one("kind"),
    day: orOther("visited_on"),
    minutes: minutesOf(one),
    areas: [...new Set(all("areas"))],
    contact: orOther("contact"),
    institution: one("institution"),
    newInstitution: one("new_institution_name"),
    newContact: one("new_contact_name"),
    people: PEOPLE.reduce((sum, name) => sum + (Number(one(name)) || 0), 0),
    interpreting: one("interpreting"),
    interpretedMinutes: Number(one("interpreted_minutes")) || 0,
    transport: one("transport"),
    kilometres: one("kilometres"),
    nextDay: orOther("next_step_on"),
    nextStep: one("next_step"),
    texts: TEXTS.map((name) => [name, one(name)]),
    // “Another one” was chosen, but not which
    unsaid: ["family", "visited_on", "minutes", "next_step_on"].filter(
      (name) => one(name) === "other" && !pairs.some(([key, value]) => key.startsWith(`${name}_other`) && value.trim()),
    ),
    isConfirmed: Boolean(one("confirm_duplicate")),
  };
}

function minutesOf(one) {
  const [hours, minutes] = [one("minutes_other_hours"), one("minutes_other_minutes")];
  if (hours || minutes) return Number(hours || 0) * 60 + Number(minutes || 0);
  return one("minutes") === "other" || !one("minutes") ? undefined : Number(one("minutes"));
}

export function placeOf(answers, copy) {
  const family = copy?.families.find(({ code }) => code === answers.family);
  if (family) return family.place;
  return answers.municipality || (copy?.places.length === 1 ? copy.places[0].slug : "");
}

const missingOr = (code, name, { unsaid }) => (unsaid.includes(name) ? code : "required");

function checkDay(answers, { rules, today, copy }, add) {
  const { day } = answers;
  if (!ISO.test(day)) return add("visited_on", missingOr("invalid", "visited_on", answers), rules.required.visited_on);
  if (day > today) return add("visited_on", "future", rules.future);
  const place = placeOf(answers, copy);
  const terms = copy?.places.find(({ slug }) => slug === place)?.terms;
  const isAppointed = terms?.some(({ from, until }) => from <= day && (!until || day <= until));
  return terms && !isAppointed && add("visited_on", "appointment", rules.appointment);
}

function checkPartner(answers, rules, add) {
  const person = answers.contact && answers.contact !== "none";
  const isKnown = person || answers.institution || answers.newInstitution;
  const isNeeded = rules.institution.kinds.includes(answers.kind) || answers.newContact;
  if (isNeeded && !isKnown) add("institution", "required", rules.institution.message);
}

function checkInterpreting(answers, rules, add) {
  const { interpreting, interpretedMinutes, kind, minutes } = answers;
  if (!interpreting || !rules.interpreting.kinds.includes(kind)) return;
  if (minutes && interpretedMinutes > minutes) add("interpreted_minutes", "too_long", rules.interpreting.message);
}

function checkWay({ kind, transport, kilometres }, rules, add) {
  const { kinds, most, message, no_transport: none } = rules.kilometres;
  if (kind && !kinds.includes(kind)) return;
  if (!transport || transport === none || !kilometres) return;
  if (!/^\d+$/.test(kilometres)) add("kilometres", "invalid", message);
  else if (Number(kilometres) < 1) add("kilometres", "min_value", message);
  else if (Number(kilometres) > most) add("kilometres", "max_value", message);
}

function checkNextStep(answers, { rules, today }, add) {
  const hasDay = ISO.test(answers.nextDay);
  if (answers.unsaid.includes("next_step_on")) {
    add("next_step_on", "invalid", rules.next_step_day);
  } else if (hasDay && daysBetween(today, answers.nextDay) < 0) {
    add("next_step_on", "past", rules.next_step_past);
  } else if (!hasDay && answers.nextStep) {
    add("next_step_on", "required", rules.next_step_day);
  }
}

// [{field, code, message}] in the order of the questions; empty if the entry may be kept
export function check(answers, { rules, today, copy }) {
  const found = [];
  const add = (field, code, message) => found.push({ field, code, message });
  const { family, kind, minutes, areas, people } = answers;
  if (!family) add("family", missingOr("invalid_choice", "family", answers), rules.required.family);
  if (family === "none" && (copy?.places.length ?? 0) > 1 && !answers.municipality) {
    add("municipality", "required", rules.municipality);
  }
  if (!kind) add("kind", "required", rules.required.kind);
  checkDay(answers, { rules, today, copy }, add);
  if (minutes === undefined || minutes === null) {
    add("minutes", missingOr("invalid", "minutes", answers), rules.required.minutes);
  } else if (!(minutes >= rules.minutes.least)) {
    add("minutes", "min_value", rules.required.minutes);
  } else if (minutes > rules.minutes.most) {
    add("minutes", "max_value", rules.minutes.message);
  }
  if (!areas.length) add("areas", "required", rules.required.areas);
  if (areas.length > rules.areas.most) add("areas", "too_many", rules.areas.message);
  if (kind === rules.people.kind && !people) add("children", "required", rules.people.message);
  checkPartner(answers, rules, add);
  checkInterpreting(answers, rules, add);
  checkWay(answers, rules, add);
  for (const [name, text] of answers.texts) {
    if (holdsPersonalCode(text)) add(name, "personal_code", rules.personal_code);
  }
  checkNextStep(answers, { rules, today }, add);
  return found;
}

// The same kind, day, family and case as one that is here already
export function isSimilar(answers, other) {
  if (answers.kind !== other.kind || answers.day !== other.day) return false;
  if (answers.family === "none") {
    return !other.families.length && (answers.institution || null) === (other.institution ?? null);
  }
  const sameCase = (answers.case || null) === (other.case ?? null) || !answers.case;
  return other.families.includes(answers.family) && sameCase;
}
