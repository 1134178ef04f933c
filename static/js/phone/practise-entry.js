// Saving in practice: the same questions and rules, but nothing is kept or sent.

import { today } from "./clock.js";
import { showErrors } from "./form-errors.js";
import { answersOf, check } from "./rules.js";

export function practise(form, copy) {
  const rules = JSON.parse(document.getElementById("rules").textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answers = answersOf([...new FormData(form)]);
    const errors = check(answers, { rules, today: await today(), copy });
    if (errors.length) showErrors(form, errors);
    else location.assign("/izmeginat/?ierakstits=1");
  });
  return { keepDraft() {} };
}
