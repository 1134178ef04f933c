// The log form, saved on the phone first.

import { gettext, interpolate, ngettext, pgettext } from "../i18n.js";
import { inWords, today } from "./clock.js";
import { Keeper } from "./keeper.js";
import { practise } from "./practise-entry.js";
import { nameOf } from "./names.js";
import { answersOf, check, isSimilar } from "./rules.js";
import { canKeep, contentOf, counts, currentPerson, fact, items } from "./store.js";

const MISSING = new Set(["required", "invalid", "invalid_choice"]);
const NEW = "/ieraksti/jauns/";

class EntryKeeper extends Keeper {
  direct = `${NEW}?tiesi=1`;

  constructor(form, person, filled) {
    super(form, person, filled);
    this.copy = filled.copy;
    this.rules = JSON.parse(document.getElementById("rules").textContent);
  }

  addressOf(code) {
    return `/ieraksti/${code}/`;
  }

  wrongWith(answers, day) {
    return check(answers, { rules: this.rules, today: day, copy: this.copy });
  }

  async check() {
    const answers = answersOf(this.pairs());
    const day = await today();
    const errors = this.wrongWith(answers, day);
    if (errors.length || answers.isConfirmed || !(await this.hasSimilar(answers))) return errors;
    const message = answers.day === day ? this.rules.duplicate_today : this.rules.duplicate;
    return [{ field: "", code: "duplicate", message }];
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

  async contentNow() {
    const pairs = this.pairs();
    const missing = this.wrongWith(answersOf(pairs), await today())
      .filter(({ code }) => MISSING.has(code))
      .map(({ field }) => this.rules.missing[field] ?? "");
    return { pairs, about: this.about(), missing };
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

  another(saved) {
    location.assign(`${NEW}?diena=${this.about().day}&saglabats=${saved}`);
  }

  goOn(code, wantsAnother) {
    if (wantsAnother) this.another(code);
    else location.assign(`/ieraksti/${code}/saglabats/`);
  }

  async showKept(wantsAnother) {
    if (wantsAnother) return this.another("telefona");
    const page = document.querySelector("template[data-kept-entry]").content.cloneNode(true);
    const about = this.about();
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

// Why it was not sent, and when it will be. Only browsers that send in the background
// are promised to
async function promise() {
  const worker = await navigator.serviceWorker?.getRegistration();
  if (navigator.onLine) {
    const stopped = await fact("stopped");
    if (stopped === "signed_out") return gettext("Your session has ended. The entry is safe. Sign in again to send it.");
    if (stopped === "person" || stopped === "role") {
      return gettext("These entries cannot be sent with this account. They stay on this phone; call the coordinator.");
    }
    if (stopped === "offline") {
      return gettext("There is a connection, but no internet. Perhaps the Wi-Fi wants you to sign in on its own page. The entry is safe and will be sent when there is internet.");
    }
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
