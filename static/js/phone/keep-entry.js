// Saves a log entry on the phone first, then sends it. Keeps a draft on every change.

import { gettext, interpolate, ngettext, pgettext } from "../i18n.js";
import { inWords, today } from "./clock.js";
import { notSaved, showErrors, showQuestion } from "./form-errors.js";
import { icon, make } from "./icons.js";
import { practise } from "./practise-entry.js";
import { nameOf } from "./names.js";
import { answersOf, check, isSimilar } from "./rules.js";
import { sendAll, sendDirectly } from "./send.js";
import { canKeep, contentOf, counts, currentPerson, item, items, keep, Overtaken, sentCode } from "./store.js";

const NOT_ANSWERS = new Set(["csrfmiddlewaretoken", "client_uuid", "another", "person"]);
const MISSING = new Set(["required", "invalid", "invalid_choice"]);
const PAUSE = 400;
const PATIENCE = 3_000;
const NEW = "/ieraksti/jauns/";
const OUTBOX = "/ieraksti/nenosutitie/";

export class EntryKeeper {
  constructor(form, person, { copy, written, content }) {
    Object.assign(this, { form, person, copy, content });
    this.rules = JSON.parse(document.getElementById("rules").textContent);
    this.state = written?.state;
    this.version = written?.version ?? 0;
    this.buttons = document.querySelectorAll('button[form="form"]');
    this.label = document.querySelector("[data-draft-state]");
    this.id = this.number();
    this.holdBack();
    this.listen();
    if (content?.problem?.errors) showErrors(form, content.problem.errors);
  }

  // One number for one filled-in form; it stays through a reload
  number(given = new URLSearchParams(location.search).get("ieraksts")) {
    const field = this.form.querySelector("[name=client_uuid]");
    const id = given || field.value || crypto.randomUUID();
    field.value = id;
    history.replaceState(null, "", `${location.pathname}?ieraksts=${id}`);
    return id;
  }

  // While it is open here it is not sent behind the person's back
  holdBack() {
    navigator.locks?.request(
      `tilts-item-${this.id}`,
      () => new Promise((resolve) => {
        this.release = resolve;
      }),
    );
  }

  listen() {
    for (const kind of ["input", "change"]) {
      // Searching is no answer yet: its field has no name
      this.form.addEventListener(kind, ({ target }) => target.name && this.changed());
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.isSaving) this.save(event.submitter?.name === "another");
    });
    addEventListener("pagehide", () => this.keepDraft());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => document.hidden && this.keepDraft());
  }

  pairs() {
    return [...new FormData(this.form)].filter(([name]) => !NOT_ANSWERS.has(name));
  }

  changed() {
    this.isChanged = this.isTouched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepDraft(), PAUSE);
  }

  // What waits already is not turned back into a draft: it was promised to be sent
  async keepDraft() {
    clearTimeout(this.timer);
    if (!this.isChanged || this.isSaving || this.state === "waiting") return;
    this.isChanged = false;
    try {
      const content = await this.contentNow();
      // Saved in the meantime: a draft may not come after it
      if (this.isSaving) return;
      await this.write(this.state ?? "draft", content);
      this.state ??= "draft";
      this.say(gettext("Draft saved"));
    } catch (error) {
      if (error instanceof Overtaken) return this.askWhichOne();
      this.say(gettext("This phone has no room for a draft"));
      if (error.name !== "QuotaExceededError") throw error;
    }
  }

  // One after the other, so that each knows the version it writes over
  async write(state, content) {
    if ((await currentPerson()) !== this.person) {
      // Somebody else has signed in in another window; this page is not theirs
      location.reload();
      await new Promise(() => {});
    }
    const before = this.writing;
    this.writing = (async () => {
      // Whoever asked for it has heard of its failure
      await before?.catch(() => {});
      this.version = await keep(this.id, state, content, { over: this.version });
    })();
    return this.writing;
  }

  // Open in two windows: neither writes over the other without being told to
  askWhichOne() {
    this.isChanged = true;
    this.say("");
    this.busy(false);
    if (this.form.querySelector("[data-overtaken]")) return;
    const other = make("button", "btn btn-primary", gettext("Show the other version"));
    const own = make("button", "btn btn-outline-primary", gettext("Keep what is written here"));
    other.type = own.type = "button";
    const box = make(
      "div",
      "note note--amber",
      icon("alert-triangle"),
      make(
        "div",
        "",
        make("p", "", gettext("This entry has been changed in another window. What you write here is not saved now.")),
        make("div", "buttons", other, own),
      ),
    );
    box.dataset.overtaken = "";
    box.setAttribute("role", "alert");
    other.addEventListener("click", async () => {
      this.isSaving = true;
      const code = await sentCode(this.id);
      if (code) location.assign(`/ieraksti/${code}/`);
      else location.reload();
    });
    own.addEventListener("click", async () => {
      box.remove();
      const now = await item(this.id);
      if (now?.state === "waiting" || (await sentCode(this.id))) {
        // What was saved stays as it is; this becomes an entry of its own
        this.release?.();
        this.id = this.number(crypto.randomUUID());
        this.holdBack();
        Object.assign(this, { version: 0, state: undefined });
      } else {
        Object.assign(this, { version: now?.version ?? 0, state: now?.state });
      }
      await this.keepDraft();
    });
    this.form.prepend(box);
    box.scrollIntoView({ block: "center" });
  }

  async contentNow() {
    const pairs = this.pairs();
    const found = check(answersOf(pairs), { rules: this.rules, today: await today(), copy: this.copy });
    const missing = found.filter(({ code }) => MISSING.has(code)).map(({ field }) => this.rules.missing[field] ?? "");
    return { ...this.content, pairs, about: this.about(), missing };
  }

  say(text) {
    if (this.label.textContent !== text) this.label.textContent = text;
  }

  // What the lists of the phone show
  about() {
    const text = (name) => {
      const chip = this.form.querySelector(`input[name="${name}"]:checked`)?.closest("label");
      return chip?.querySelector("span > span")?.firstChild?.textContent.trim() ?? "";
    };
    const { day, minutes, nextDay, nextStep, contact, family } = answersOf(this.pairs());
    const isFamily = family && family !== "none";
    return {
      family: isFamily ? family : "",
      subject: family ? this.labelOf(family) ?? text("family") : "",
      what: text("kind"),
      minutes: minutes ?? 0,
      length: minutes === undefined ? "" : this.length(minutes, text("minutes")),
      day,
      partner: contact ? text("contact") : "",
      step: nextDay && nextDay !== "none" ? [inWords(nextDay), nextStep].filter(Boolean).join(": ") : "",
    };
  }

  // The form may show the code in its place
  labelOf(code) {
    return this.copy?.families.find((family) => family.code === code)?.label;
  }

  length(minutes, chip) {
    return this.form.querySelector('input[name=minutes][value="other"]')?.checked || !chip
      ? interpolate(gettext("%(minutes)s min"), { minutes }, true)
      : chip;
  }

  async save(wantsAnother) {
    const pairs = this.pairs();
    const answers = answersOf(pairs);
    const day = await today();
    const errors = check(answers, { rules: this.rules, today: day, copy: this.copy });
    if (errors.length) return showErrors(this.form, errors);
    if (!answers.isConfirmed && (await this.hasSimilar(answers))) {
      return showQuestion(this.form, answers.day === day ? this.rules.duplicate_today : this.rules.duplicate);
    }
    this.busy(true);
    const code = await sentCode(this.id);
    if (code) return this.isTouched ? this.askWhichOne() : location.assign(`/ieraksti/${code}/`);
    try {
      await this.write("waiting", { pairs, about: this.about() });
    } catch (error) {
      if (error instanceof Overtaken) return this.askWhichOne();
      return this.sendWithoutKeeping(error);
    }
    this.state = "waiting";
    this.release?.();
    this.say(gettext("Sending…"));
    await Promise.race([sendAll({ saved: this.id }), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return this.goOn(wantsAnother, answers);
  }

  busy(isBusy) {
    this.isSaving = isBusy;
    for (const button of this.buttons) button.disabled = isBusy;
  }

  async hasSimilar(answers) {
    if (this.copy?.logged.some((one) => isSimilar(answers, one))) return true;
    for (const other of await items("waiting")) {
      if (other.id === this.id) continue;
      const { family, institution, case: inCase, kind, day } = answersOf((await contentOf(other)).pairs);
      const families = family && family !== "none" ? [family] : [];
      if (isSimilar(answers, { kind, day, families, case: inCase || null, institution: institution || null })) return true;
    }
    return false;
  }

  // The phone is full: the server may still take it; else the form stays as it is
  async sendWithoutKeeping(error) {
    try {
      await sendDirectly(this.form, `${NEW}?tiesi=1`);
    } catch {
      this.busy(false);
      showErrors(this.form, [notSaved()]);
      if (error.name !== "QuotaExceededError") throw error;
    }
  }

  async goOn(wantsAnother, { day }) {
    const code = await sentCode(this.id);
    const now = await item(this.id);
    if (code && !now) {
      return location.assign(wantsAnother ? `${NEW}?diena=${day}&saglabats=${code}` : `/ieraksti/${code}/saglabats/`);
    }
    if (now?.state === "fix") {
      const { problem } = await contentOf(now);
      if (problem.code === "conflict") return location.assign(OUTBOX);
      this.busy(false);
      this.say("");
      this.state = "fix";
      this.version = now.version;
      this.holdBack();
      return showErrors(this.form, problem.errors);
    }
    if (wantsAnother) return location.assign(`${NEW}?diena=${day}&saglabats=telefona`);
    return this.showKept();
  }

  async showKept() {
    const page = document.querySelector("template[data-kept-entry]").content.cloneNode(true);
    const about = (await contentOf(await item(this.id))).about;
    const subject = about.family ? nameOf({ code: about.family, label: about.subject }) : about.subject;
    const said = { subject, what: `${about.what}, ${about.length}`, when: inWords(about.day), partner: about.partner, step: about.step };
    for (const cell of page.querySelectorAll("[data-about]")) {
      cell.textContent = said[cell.dataset.about];
      if (!cell.textContent) cell.parentElement.remove();
    }
    page.querySelector("[data-words]").textContent = await promise();
    page.querySelector("[data-change]").href = `${NEW}?ieraksts=${this.id}`;
    const { waiting } = await counts();
    page.querySelector("[data-waiting]").textContent = interpolate(
      ngettext("Waiting to be sent: %(count)s entry.", "Waiting to be sent: %(count)s entries.", waiting),
      { count: waiting },
      true,
    );
    document.querySelector("main").replaceChildren(page);
    document.querySelector(".foot").hidden = true;
    this.say("");
    document.querySelector("main [role=status]").focus();
    document.title = `${pgettext("heading", "Saved on this phone")} — Tilts`;
  }
}

// Only browsers that send in the background are promised to
async function promise() {
  const worker = await navigator.serviceWorker?.getRegistration();
  if (navigator.onLine) {
    return gettext("The server does not answer just now. The entry is safe and will be sent as soon as it does.");
  }
  return worker && "sync" in worker
    ? gettext("No internet. The entry will be sent by itself when there is internet. You can close the app.")
    : gettext("No internet. The entry is safe. Open the app when there is internet.");
}

// What looks after the form instead of ordinary sending, if anything can
export async function keepEntries(form, filled) {
  if (filled.isPractice) return practise(form, filled.copy);
  const person = document.getElementById("rules") && (await canKeep()) && (await currentPerson());
  return person ? new EntryKeeper(form, person, filled) : undefined;
}

