// How near days are called: “since Tuesday”, “tomorrow 10.00”, “yesterday”. The same
// as cases/words.py; tests/cases/near_days_cases.json holds for both. Days are texts
// as in 2026-11-12, hours as in 14:00.

import { gettext, interpolate } from "./i18n.js";

const DAYS_OF_A_WEEK = 7;
const A_DAY = 24 * 60 * 60 * 1000;
const NBSP = "\u00a0";
const SINCE_WEEKDAY = [
  gettext("since Monday"),
  gettext("since Tuesday"),
  gettext("since Wednesday"),
  gettext("since Thursday"),
  gettext("since Friday"),
  gettext("since Saturday"),
  gettext("since Sunday"),
];
// Latvian nouns change with their place in the sentence (interface/latvian.py)
const MONTHS = {
  lv: "janvāra februāra marta aprīļa maija jūnija jūlija augusta septembra oktobra novembra decembra",
  en: "January February March April May June July August September October November December",
};
const SHORT_MONTHS = {
  lv: "janv. febr. marts apr. maijs jūn. jūl. aug. sept. okt. nov. dec.",
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
};
const WEEKDAYS = {
  lv: "pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien",
  en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
};

const isLatvian = () => document.documentElement.lang.startsWith("lv");
const word = (table, place) => table[isLatvian() ? "lv" : "en"].split(" ")[place];

// Counted in UTC, where every day has 24 hours
const instant = (day) => Date.parse(`${day}T00:00:00Z`);
const monthOf = (day) => Number(day.slice(5, 7)) - 1;
const dateOf = (day) => Number(day.slice(8, 10));
const weekdayOf = (day) => (new Date(instant(day)).getUTCDay() + 6) % DAYS_OF_A_WEEK;

export function daysBetween(first, second) {
  return Math.round((instant(second) - instant(first)) / A_DAY);
}

// When a next step is to be done, or since when it waits. Under a heading “Today” the
// hour says enough; elsewhere it needs the day (inFull).
export function due({ dueOn, dueAt }, today, { inFull = false } = {}) {
  const days = daysBetween(today, dueOn);
  if (days < 0) return since(dueOn, -days);
  const hour = dueAt ? clock(dueAt) : "";
  if (days === 0 && hour && !inFull) return hour;
  return `${dayAhead(dueOn, days)} ${hour}`.trim();
}

// When something was: today, yesterday, or the date.
export function past(day, today) {
  const days = daysBetween(day, today);
  if (days === 0) return gettext("today");
  return days === 1 ? gettext("yesterday") : shortDate(day);
}

function since(day, days) {
  if (days < DAYS_OF_A_WEEK) return SINCE_WEEKDAY[weekdayOf(day)];
  const parts = { day: dateOf(day), month: word(MONTHS, monthOf(day)) };
  return interpolate(gettext("since %(day)s %(month)s"), parts, true);
}

function dayAhead(day, days) {
  if (days <= 1) return days ? gettext("tomorrow") : gettext("today");
  return days < DAYS_OF_A_WEEK ? word(WEEKDAYS, weekdayOf(day)) : shortDate(day);
}

function shortDate(day) {
  const number = isLatvian() ? `${dateOf(day)}.` : dateOf(day);
  return `${number}${NBSP}${word(SHORT_MONTHS, monthOf(day))}`;
}

// Latvian writes the hour without a nought
function clock(hour) {
  return isLatvian() ? hour.slice(0, 5).replace(/^0/, "").replace(":", ".") : hour.slice(0, 5);
}
