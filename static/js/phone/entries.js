// Entries that are on this phone only, as rows of a list.

import { gettext, interpolate, ngettext, pgettext } from "../i18n.js";
import { inWords, momentInWords } from "./clock.js";
import { icon, make } from "./icons.js";
import { hideNames, nameOf } from "./names.js";
import { contentOf, forget, items, keep, putBack, setAside } from "./store.js";

const FORM = "/ieraksti/jauns/";
const OLD = 14 * 86_400_000;

const LOOKS = {
  draft: () => ["pencil", "grey", pgettext("entry", "Draft")],
  waiting: () => ["clock", "amber", pgettext("entry", "Waiting")],
  fix: () => ["alert-triangle", "red", pgettext("entry", "To correct")],
};

export async function withContent(state) {
  const found = [];
  for (const one of await items(state)) {
    // Unreadable: shown as such, sealed with a key that is gone
    found.push({ ...one, content: await contentOf(one).catch(() => undefined) });
  }
  return found;
}

function subjectOf({ content }) {
  if (!content) return gettext("Entry");
  const { family, subject, what } = content.about;
  const whom = family ? nameOf({ code: family, label: subject }) : subject;
  return [whom, whom ? what.toLowerCase() : what].filter(Boolean).join(", ") || gettext("Entry");
}

// One sentence: what is missing, or why it was refused and what to do
async function reason({ state, changedAt, content }) {
  if (!content) return gettext("This entry cannot be read on this phone any more.");
  const { about, missing = [], problem } = content;
  if (state === "draft") {
    const begun = interpolate(gettext("Written %(when)s."), { when: await momentInWords(changedAt) }, true);
    return `${begun} ${whatIsMissing(missing)}`.trim();
  }
  if (problem?.code === "conflict") {
    return gettext("Under this number another entry is saved already. Compare both and choose.");
  }
  if (problem?.errors) {
    const words = problem.errors.map(({ message }) => message);
    if (problem.errors.some(({ code }) => code === "future")) {
      words.push(gettext("Perhaps the date on this phone is wrong."));
    }
    return words.map((text) => (/[.?!]$/.test(text) ? text : `${text}.`)).join(" ");
  }
  return [about.day && inWords(about.day), about.length].filter(Boolean).join(", ");
}

function whatIsMissing(missing) {
  if (!missing.length) return "";
  if (missing.length === 1) return missing[0];
  return interpolate(
    ngettext("%(count)s answer is missing.", "%(count)s answers are missing.", missing.length),
    { count: missing.length },
    true,
  );
}

const addressOf = ({ id, content }) => `${content?.page ?? FORM}?ieraksts=${id}`;

function tag(state) {
  const [name, colour, word] = LOOKS[state]();
  return make("span", `tag tag--${colour}`, icon(name), word);
}

async function row(entry, { withDeeds = true } = {}) {
  const line = entry.state === "deleted" ? undoLine(entry) : await entryLine(entry);
  Object.assign(line.dataset, { entry: entry.id, state: entry.state });
  if (withDeeds && entry.state !== "deleted") line.append(...deeds(entry, subjectOf(entry)));
  return line;
}

async function entryLine(entry) {
  const [name] = LOOKS[entry.state]();
  const title = make("a", "", subjectOf(entry));
  title.href = addressOf(entry);
  const body = make(
    "div",
    "entry entry--plain",
    make("span", "entry__icon", icon(name)),
    make("span", "entry__title", title),
    make("span", "entry__side", tag(entry.state)),
    make("span", "entry__text", await reason(entry)),
  );
  return make("li", `step step--${entry.state}`, body);
}

// Undo instead of a question
function undoLine(entry) {
  const subject = subjectOf(entry);
  const text = interpolate(gettext("Deleted: %(subject)s."), { subject }, true);
  const undo = deed(gettext("Undo"), subject, "btn-outline-primary", () => putBack(entry.id));
  return make("li", "step step--deleted", make("p", "step__note", text), make("div", "step__actions", undo));
}

export const rows = (entries, options) => Promise.all(entries.map((entry) => row(entry, options)));

function deed(text, subject, className, action) {
  const button = make("button", `btn btn-sm ${className}`, text, make("span", "visually-hidden", `, ${subject}`));
  button.type = "button";
  button.addEventListener("click", action);
  return button;
}

function deeds(entry, subject) {
  const open = make("a", "entry__action", icon("pencil"), gettext("Open"), make("span", "visually-hidden", `, ${subject}`));
  open.href = addressOf(entry);
  const actions = make("div", "step__actions", entry.content ? open : "");
  const problem = entry.content?.problem;
  if (entry.state === "fix" && problem.errors?.length === 1 && problem.errors[0].code === "duplicate") {
    actions.append(deed(gettext("It is another one, send it"), subject, "btn-outline-primary", () => sendAnyway(entry)));
  }
  const found = [actions];
  if (problem?.code === "conflict") {
    if (problem.stored) found.push(comparison(problem.stored));
    actions.append(deed(gettext("Keep both: save as a new entry"), subject, "btn-outline-primary", ({ currentTarget }) => keepBoth(entry, currentTarget)));
  }
  actions.append(deed(gettext("Delete"), subject, "btn-link", () => setAside(entry.id)));
  if (entry.state === "draft" && Date.now() - entry.changedAt > OLD) {
    found.push(make("p", "step__note small", gettext("This draft is older than two weeks. Delete it or finish it?")));
  }
  return found;
}

function comparison(stored) {
  const box = make("details", "fold", make("summary", "", gettext("What is saved already")));
  const inside = make("div", "");
  // Drawn by our own server, without scripts
  inside.innerHTML = stored;
  hideNames(inside);
  box.append(inside);
  return box;
}

async function sendAnyway({ id, content }) {
  const pairs = [...content.pairs.filter(([name]) => name !== "confirm_duplicate"), ["confirm_duplicate", "on"]];
  await keep(id, "waiting", { ...content, pairs, problem: undefined });
}

async function keepBoth({ id, content }, button) {
  // A second tap would make a third entry
  button.disabled = true;
  const pairs = [...content.pairs, ["confirm_duplicate", "on"]];
  await keep(crypto.randomUUID(), "waiting", { ...content, pairs, problem: undefined });
  await forget(id);
}

// “Nepabeigti un nenosūtīti” on Šodien: what was refused, what is waiting, drafts
export async function fillUnsent(place) {
  const refused = await withContent("fix");
  const waiting = await items("waiting");
  const drafts = await withContent("draft");
  const count = refused.length + waiting.length + drafts.length;
  if (!count) return place.replaceChildren();
  const heading = make("h2", "", gettext("Unfinished and unsent"));
  heading.id = "unsent";
  const list = make("ul", "card rows rows--waiting");
  list.setAttribute("aria-labelledby", "unsent");
  list.append(
    ...(await rows(refused, { withDeeds: false })),
    ...(waiting.length ? [waitingRow(waiting)] : []),
    ...(await rows(drafts, { withDeeds: false })),
  );
  place.replaceChildren(
    make("div", "section-head", heading, make("span", "section-head__count", String(count))),
    list,
  );
  return undefined;
}

function waitingRow(waiting) {
  const count = waiting.length;
  const link = make("a", "", interpolate(ngettext("%(count)s entry", "%(count)s entries", count), { count }, true));
  link.href = "/ieraksti/nenosutitie/";
  const words = navigator.onLine ? gettext("Will be sent in a moment") : gettext("Will be sent when there is internet");
  return make(
    "li",
    "step",
    make(
      "div",
      "entry entry--plain",
      make("span", "entry__icon", icon("cloud-upload")),
      make("span", "entry__title", link),
      make("span", "entry__side", tag("waiting")),
      make("span", "entry__text", words),
    ),
  );
}

