// Which families the next entry is likely about. The same rule as
// cases/services/recents.py; tests/cases/recents_cases.json holds for both.

import { interpolate, ngettext } from "./i18n.js";
import { daysBetween, due, past } from "./near-days.js";

// More tiles cost more time than the search
const SHOWN = 3;
const LATELY = 7;
const NO_HOUR = "24:00";

// Up to three of the families, each with the reason in words: [{code, hint}]. First
// those with a step due today or earlier, then those logged in the last seven days,
// then those logged most often this month; equal ones stay as they came. A family is
// {code, dueOn, dueAt, lastOn, timesThisMonth}; days and hours are texts or null.
export function recentFamilies(families, today) {
  const hints = new Map();
  for (const [family, hint] of ranked(families, today)) {
    if (!hints.has(family.code)) hints.set(family.code, hint);
  }
  return [...hints].slice(0, SHOWN).map(([code, hint]) => ({ code, hint }));
}

function ranked(families, today) {
  const waiting = families
    .filter(({ dueOn }) => dueOn && dueOn <= today)
    .sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.dueAt ?? NO_HOUR, b.dueAt ?? NO_HOUR));
  const lately = families
    .filter(({ lastOn }) => lastOn && daysBetween(lastOn, today) < LATELY)
    .sort((a, b) => compare(b.lastOn, a.lastOn));
  const often = families
    .filter(({ timesThisMonth }) => timesThisMonth)
    .sort((a, b) => b.timesThisMonth - a.timesThisMonth);
  return [
    ...waiting.map((family) => [family, due(family, today, { inFull: true })]),
    ...lately.map((family) => [family, past(family.lastOn, today)]),
    ...often.map((family) => [family, times(family.timesThisMonth)]),
  ];
}

function times(count) {
  const text = ngettext("%(count)s× this month", "%(count)s× this month", count);
  return interpolate(text, { count }, true);
}

// ISO days and hours sort as texts
function compare(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
