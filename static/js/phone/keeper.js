// A form that is saved on the phone first and then sent. Keeps a draft on every change,
// and never writes over what another window has written.

import { gettext } from "../i18n.js";
import { notSaved, showErrors } from "./form-errors.js";
import { icon, make } from "./icons.js";
import { sendAll, sendDirectly } from "./send.js";
import { contentOf, currentPerson, item, keep, Overtaken, sentCode } from "./store.js";

const NOT_ANSWERS = new Set(["csrfmiddlewaretoken", "client_uuid", "another", "person"]);
const PAUSE = 400;
const PATIENCE = 3_000;
const OUTBOX = "/ieraksti/nenosutitie/";

// For each form there is one that says: check() what is wrong with the answers,
// contentNow() what is kept, direct where the server takes it without the phone,
// addressOf(code) what was sent, goOn() and showKept() what comes after saving
export class Keeper {
  constructor(form, person, { written, content }) {
    Object.assign(this, { form, person, content });
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
    const pairs = [...new FormData(this.form)].filter(([name]) => !NOT_ANSWERS.has(name));
    // Answered before, and asked only then
    const confirmed = this.content?.pairs.find(([name]) => name === "confirm_duplicate");
    const isAsked = this.form.elements.confirm_duplicate;
    return confirmed && !isAsked ? [...pairs, confirmed] : pairs;
  }

  say(text) {
    if (this.label.textContent !== text) this.label.textContent = text;
  }

  busy(isBusy) {
    this.isSaving = isBusy;
    for (const button of this.buttons) button.disabled = isBusy;
  }

  changed() {
    this.isChanged = this.isTouched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepDraft(), PAUSE);
  }

  // What waits already is not turned back into a draft: it was promised to be sent, and
  // is corrected as soon as no answer is missing
  async keepDraft() {
    clearTimeout(this.timer);
    if (!this.isChanged || this.isSaving) return;
    this.isChanged = false;
    try {
      const content = await this.contentNow();
      if (this.state === "waiting" && content.missing.length) return this.say(gettext("Not saved yet"));
      // Saved in the meantime: a draft may not come after it
      if (this.isSaving) return;
      await this.write(this.state ?? "draft", { ...this.content, ...content });
      this.state ??= "draft";
      this.say(this.state === "waiting" ? gettext("Correction saved") : gettext("Draft saved"));
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
  async askWhichOne() {
    this.isChanged = true;
    this.say("");
    this.busy(false);
    if (this.form.querySelector("[data-overtaken]")) return;
    const sent = await sentCode(this.id);
    const words = sent
      ? gettext("This entry has been sent from another window already. What you write here is not saved now.")
      : gettext("This entry has been changed in another window. What you write here is not saved now.");
    const other = make("button", "btn btn-primary", sent ? gettext("Show what was sent") : gettext("Show the other version"));
    const own = make("button", "btn btn-outline-primary", sent ? gettext("Save as one more entry") : gettext("Keep what is written here"));
    other.type = own.type = "button";
    const box = make(
      "div",
      "note note--amber",
      icon("alert-triangle"),
      make(
        "div",
        "",
        make("p", "", words),
        make("div", "buttons", other, own),
      ),
    );
    box.dataset.overtaken = "";
    box.setAttribute("role", "alert");
    other.addEventListener("click", async () => {
      this.isSaving = true;
      const code = await sentCode(this.id);
      if (code) location.assign(this.addressOf(code));
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

  async save(wantsAnother) {
    this.busy(true);
    const errors = await this.check();
    if (errors.length) {
      this.busy(false);
      this.keepDraft();
      return showErrors(this.form, errors);
    }
    const code = await sentCode(this.id);
    if (code) return this.isTouched ? this.askWhichOne() : location.assign(this.addressOf(code));
    try {
      await this.write("waiting", await this.contentNow());
    } catch (error) {
      if (error instanceof Overtaken) return this.askWhichOne();
      return this.sendWithoutKeeping(error);
    }
    this.state = "waiting";
    this.release?.();
    this.say(gettext("Sending…"));
    await Promise.race([sendAll({ saved: this.id }), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return this.tellOutcome(wantsAnother);
  }

  // The phone is full: the server may still take it; else the form stays as it is
  async sendWithoutKeeping(error) {
    try {
      await sendDirectly(this.form, this.direct);
    } catch {
      this.busy(false);
      showErrors(this.form, [notSaved()]);
      if (error.name !== "QuotaExceededError") throw error;
    }
  }

  async tellOutcome(wantsAnother) {
    const code = await sentCode(this.id);
    const now = await item(this.id);
    if (code && !now) return this.goOn(code, wantsAnother);
    if (now?.state !== "fix") return this.showKept(wantsAnother);
    const { problem } = await contentOf(now);
    if (problem.code === "conflict") return location.assign(OUTBOX);
    this.busy(false);
    this.say("");
    this.state = "fix";
    this.version = now.version;
    this.holdBack();
    return showErrors(this.form, problem.errors);
  }
}
