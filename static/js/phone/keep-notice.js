// Whom a mediator told that a child is in danger, saved on the phone first. The page is
// the same with and without signal.

import { gettext } from "../i18n.js";
import { holdsPersonalCode } from "../personal-code.js";
import { clockNow, today } from "./clock.js";
import { hideNote } from "./hide-note.js";
import { Keeper } from "./keeper.js";
import { canKeep, contentOf, currentPerson, item } from "./store.js";

const PAGE = "/berns-briesmas/";
const SEND = "/berns-briesmas/sutit/";

const form = document.querySelector("[data-notice-form]");
const query = new URLSearchParams(location.search);
const field = (name) => form.querySelector(`[name="${name}"]`);

class NoticeKeeper extends Keeper {
  direct = PAGE;

  addressOf() {
    return `${PAGE}?zinots=1`;
  }

  check() {
    const { required, personal_code } = JSON.parse(document.getElementById("rules").textContent);
    const errors = this.missing(required);
    if (holdsPersonalCode(field("note").value)) errors.push({ field: "note", code: "personal_code", message: personal_code });
    return errors;
  }

  missing(required) {
    const answers = new FormData(form);
    return Object.entries(required)
      .filter(([name]) => !answers.get(name)?.trim())
      .map(([name, message]) => ({ field: name, code: "required", message }));
  }

  contentNow() {
    const told = form.querySelector("input[name=told]:checked")?.closest("label").textContent.trim();
    const what = gettext("A child is in danger");
    return {
      page: PAGE,
      to: SEND,
      pairs: this.pairs(),
      about: { family: "", subject: "", what, day: field("told_on").value, length: told ?? "" },
      missing: this.check().map(({ message }) => message),
    };
  }

  goOn() {
    location.assign(`${PAGE}?zinots=1&saglabats=1`);
  }

  showKept() {
    this.say("");
    const kept = document.querySelector("[data-notice-kept]");
    kept.hidden = false;
    form.hidden = document.querySelector(".foot").hidden = true;
    kept.focus();
  }
}

async function fill(content) {
  if (content) {
    for (const [name, value] of content.pairs) {
      const choice = form.querySelector(`input[type=radio][name="${name}"][value="${CSS.escape(value)}"]`);
      if (choice) choice.checked = true;
      else field(name).value = value;
    }
    hideNote(field("note"));
  } else if (!document.querySelector(".error-summary")) {
    // The page may have been kept days ago; what the server has sent back is not changed
    field("told_on").value = await today();
    field("told_time").value = await clockNow();
  }
}

// On a slow line the page comes from the phone, which does not know what was sent
if (query.has("saglabats")) document.querySelector("[data-notice-stored]").hidden = false;
const person = form && (await canKeep()) && (await currentPerson());
if (person) {
  const given = query.get("ieraksts");
  const written = given ? await item(given) : undefined;
  // Unreadable: sealed with a key that is gone
  const content = written && (await contentOf(written).catch(() => undefined));
  await fill(content);
  new NoticeKeeper(form, person, { written, content });
}
form.dataset.ready = "";
