// The words of a report are kept as they are written: sealed on this phone first, then on
// the server. The phone forgets them once the server has them. Neither writes over what
// another window has written.

import { gettext, interpolate } from "../i18n.js";
import { momentInWords } from "./clock.js";
import { withContent } from "./entries.js";
import { icon, make } from "./icons.js";
import { ask, Stopped, whoIsSignedIn } from "./send.js";
import { canKeep, currentPerson, forget, keep, Overtaken } from "./store.js";

const PAUSE = 1_500;
const TRY_AGAIN = 30_000;
const NOT_WORDS = /^(csrfmiddlewaretoken|.*-DELETE)$/;

class WordsKeeper {
  constructor(form, person) {
    Object.assign(this, { form, person });
    this.state = document.querySelector("[data-kept-state]");
    this.id = crypto.randomUUID();
    this.version = 0;
    // Sent, but nobody knows whether it arrived
    this.unanswered = [];
    this.listen();
  }

  listen() {
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, ({ target }) => target.name && this.changed());
    }
    this.form.addEventListener("focusout", () => this.save());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.save()));
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => this.save());
    setInterval(() => this.save(), TRY_AGAIN);
    document.addEventListener("submit", (event) => event.target === this.form && this.submit(event));
  }

  changed() {
    this.isChanged = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  pairs() {
    return [...new FormData(this.form)].filter(([name]) => !NOT_WORDS.test(name));
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  // A change of the minute alone is not spoken
  say(text, kind) {
    this.state.closest("[role=status]").setAttribute("aria-live", kind === this.kind ? "off" : "polite");
    this.kind = kind;
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  // One after the other, so that each knows what the one before has left on the server
  save() {
    clearTimeout(this.timer);
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.saveNow());
    return this.saving;
  }

  // There may be no time to wait for what is under way
  leave() {
    if (this.isBusy && this.isChanged && !this.isLeaving) this.keepHere(this.pairs());
    this.save();
  }

  async saveNow() {
    if (!this.isChanged || this.isLeaving) return;
    this.isChanged = false;
    this.isBusy = true;
    const pairs = this.pairs();
    // Both at once: the page may be closing
    const here = this.keepHere(pairs);
    // While two texts wait for a decision nothing is sent
    const sending = this.choice ? undefined : this.send(pairs);
    try {
      const answer = await sending;
      this.reached = true;
      await here;
      if (answer) await this.heard(answer);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.isChanged = true;
      this.reached = false;
      this.tellWhyNot(error.reason, await here);
    } finally {
      this.isBusy = false;
    }
  }

  // What the phone keeps and forgets, in the order in which it was asked to
  here(deed) {
    this.doing = (this.doing ?? Promise.resolve()).then(deed);
    return this.doing;
  }

  keepHere(pairs) {
    return this.here(() => this.write(pairs));
  }

  async write(pairs) {
    if (!this.person || !(await canKeep()) || (await currentPerson()) !== this.person) return false;
    const about = { subject: this.form.dataset.keepWords, what: "" };
    const content = { page: location.pathname, pairs, about };
    try {
      this.version = await keep(this.id, "draft", content, { over: this.version });
      return true;
    } catch (error) {
      if (!(error instanceof Overtaken)) return false;
      // Another window keeps its own words under this number
      this.id = crypto.randomUUID();
      this.version = 0;
      return this.write(pairs);
    }
  }

  async send(pairs, isSecond = false) {
    const body = new URLSearchParams(pairs);
    const token = this.field("csrfmiddlewaretoken");
    const headers = { "X-CSRFToken": token.value };
    const words = new Map(pairs);
    this.unanswered.push(words);
    try {
      const { answer } = await ask(location.pathname, { method: "POST", body, headers, keepalive: true });
      // A captive portal may speak JSON as well
      if (!answer.forms) throw new Stopped("offline");
      this.unanswered = this.unanswered.filter((one) => one !== words);
      return answer;
    } catch (error) {
      if (error.reason !== "token" || isSecond) throw error;
      // Signed in anew in another window
      const me = await whoIsSignedIn();
      if (me.person !== this.person) throw new Stopped("signed_out");
      token.value = me.token;
      return this.send(pairs, true);
    }
  }

  async heard(answer) {
    const overtaken = answer.forms.filter(({ stored }) => stored);
    for (const { seen, mark } of answer.forms) {
      const isOvertaken = overtaken.some((one) => one.seen === seen);
      if (this.field(seen) && !isOvertaken) this.field(seen).value = mark;
    }
    if (overtaken.length) return this.decide(overtaken);
    this.unanswered = [];
    this.tellProblems(answer.problems);
    if (!answer.kept) return this.say(gettext("Not saved yet"), "problem");
    if (!this.isChanged) await this.forgetHere();
    const words = gettext("Saved at %(time)s");
    return this.say(interpolate(words, { time: answer.at }, true), "saved");
  }

  forgetHere() {
    return this.here(async () => {
      if (this.version) await forget(this.id);
      this.version = 0;
    });
  }

  tellWhyNot(reason, isHere) {
    if (!isHere) return this.say(gettext("NOT saved. Leave this page open."), "lost");
    if (reason === "signed_out") return this.say(gettext("Sign in again. The text is on the phone."), reason);
    if (reason === "server") return this.say(gettext("Our side does not answer. The text is on the phone."), reason);
    return this.say(gettext("No signal. The text is on the phone."), "offline");
  }

  tellProblems(sentences) {
    const text = sentences.join(" ");
    if ((this.problems?.textContent.trim() ?? "") === text) return;
    this.problems?.remove();
    this.problems = text ? make("div", "note note--amber mt-3", icon("alert-triangle"), make("div", "", text)) : undefined;
    if (!text) return;
    this.problems.setAttribute("role", "alert");
    this.form.prepend(this.problems);
  }

  // What the server has may be our own: an answer that got lost
  decide(overtaken) {
    const isOurs = ({ stored }) => this.unanswered.some((words) =>
      Object.entries(stored).every(([name, text]) => sameText(words.get(name), text)));
    const ours = overtaken.every(isOurs);
    const theirs = Object.assign({}, ...overtaken.map(({ stored }) => stored));
    const goOn = () => {
      for (const { seen, mark } of overtaken) this.field(seen).value = mark;
      this.unanswered = [];
      return this.changed();
    };
    if (ours) return goOn();
    this.say(gettext("Not saved yet"), "choice");
    return this.offerChoice(
      gettext("This has been changed in another window. What you write here is not saved now."),
      theirs,
      goOn,
      goOn,
    );
  }

  // Two texts: one's own stands in the field, the other one below the words
  offerChoice(words, theirs, keepOwn, takeOther) {
    this.choice?.remove();
    const own = make("button", "btn btn-primary", gettext("Keep my words"));
    const other = make("button", "btn btn-outline-primary", gettext("Take that text"));
    own.type = other.type = "button";
    const texts = Object.entries(theirs).filter(([name]) => this.field(name)?.tagName === "TEXTAREA");
    const box = make(
      "div",
      "note note--amber mt-3",
      icon("alert-triangle"),
      make(
        "div",
        "",
        make("p", "", words),
        make("p", "mt-2", make("b", "", gettext("On the server stands:"))),
        ...texts.map(([, text]) => make("blockquote", "other-words", text || "–")),
        make("div", "buttons", own, other),
      ),
    );
    box.setAttribute("role", "alert");
    const close = (goOn) => {
      box.remove();
      this.choice = undefined;
      goOn();
      this.field(texts[0][0]).focus();
    };
    own.addEventListener("click", () => close(keepOwn));
    other.addEventListener("click", () => {
      fill(this.form, Object.entries(theirs));
      close(takeOther);
    });
    this.choice = box;
    this.field(texts[0][0]).closest(".field").before(box);
  }

  // Words of an earlier time that the server never got
  async bringBack() {
    const given = new URLSearchParams(location.search).get("ieraksts");
    const drafts = (await withContent("draft")).filter(({ content }) => content?.page === location.pathname);
    const draft = drafts.find(({ id }) => id === given) ?? drafts[0];
    if (!draft || this.isChanged) return;
    const { id, version, changedAt, content: { pairs } } = draft;
    Object.assign(this, { id, version });
    // What the person has just sent is newer
    if ("isSent" in this.form.dataset) return;
    const differing = pairs.filter(([name, text]) => {
      const field = this.field(name);
      return field?.tagName === "TEXTAREA" && !sameText(field.value, text);
    });
    if (!differing.length) return this.forgetHere();
    const theirs = Object.fromEntries(differing.map(([name]) => [name, this.field(name).value]));
    const seen = pairs.filter(([name]) => name.endsWith("_seen"));
    const notSeen = pairs.filter(([name]) => !name.endsWith("_seen"));
    fill(this.form, notSeen);
    // The server still has what these words were written over: nothing is to be decided
    if (seen.length && seen.every(([name, mark]) => this.field(name)?.value === mark)) return this.changed();
    const words = interpolate(
      gettext("Your words from %(when)s are back. They have not been sent yet."),
      { when: await momentInWords(changedAt) },
      true,
    );
    this.offerChoice(words, theirs, () => this.changed(), () => this.forgetHere());
  }

  // Without signal the browser would leave for a page that says so
  async submit(event) {
    if (this.isLeaving || event.submitter?.name === "fix") return;
    // Nothing to wait for: a form cannot be sent again from within its own sending
    if (!this.isChanged && !this.choice && !this.isBusy && this.reached !== false) return;
    event.preventDefault();
    if (this.choice) {
      this.choice.remove();
      this.choice = undefined;
      this.isChanged = true;
    }
    if (this.isChanged || !(this.reached ?? true)) {
      this.isChanged = true;
      await this.save();
    } else await this.saving;
    if (this.choice || this.reached === false) return;
    this.isLeaving = true;
    this.form.requestSubmit(event.submitter);
  }
}

const sameText = (one, other) => (one ?? "").replaceAll("\r", "").trim().normalize("NFC") === (other ?? "").trim().normalize("NFC");

function fill(form, pairs) {
  for (const [name, value] of pairs) {
    const choice = form.querySelector(`input[type=radio][name="${name}"][value="${CSS.escape(value)}"]`);
    const field = form.querySelector(`textarea[name="${name}"], input[type=date][name="${name}"]`);
    if (choice) choice.checked = true;
    if (field) {
      field.value = value;
      field.closest("details")?.setAttribute("open", "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

const form = document.querySelector("[data-keep-words]");
if (form.querySelector("textarea")) {
  const keeper = new WordsKeeper(form, document.documentElement.dataset.person);
  if (await canKeep()) await keeper.bringBack();
  form.dataset.ready = "";
}
