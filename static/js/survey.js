// What was answered stays on this device until it is sent, for a day at most.

const KEY = "aptauja";
const A_DAY = 24 * 60 * 60 * 1000;
const form = document.querySelector("[data-survey]");

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};

const forget = () => localStorage.removeItem(KEY);

const questions = () =>
  [...form.elements].filter(({ name, type }) => name && !["hidden", "submit"].includes(type) && name !== "homepage");

const isMark = ({ type }) => type === "radio" || type === "checkbox";

const keep = () => {
  const answers = questions()
    .filter((field) => (isMark(field) ? field.checked : field.value))
    .map(({ name, value }) => [name, value]);
  const draft = { asked: form.dataset.survey, at: Date.now(), answers };
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Without room the page works as it does without a script
  }
};

const bringBack = () => {
  const draft = kept();
  if (draft?.asked !== form.dataset.survey || Date.now() - draft.at > A_DAY) return forget();
  for (const field of questions()) {
    const given = draft.answers.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isMark(field)) field.checked = given.includes(field.value);
    else [field.value = ""] = given;
  }
};

if (document.querySelector("[data-survey-sent]")) forget();
if (form) {
  // After an error the page holds what was sent
  if (!document.querySelector(".error-summary, .note--amber")) bringBack();
  form.addEventListener("input", keep);
  const button = form.querySelector("[type=reset]");
  button.hidden = false;
  form.addEventListener("reset", () => setTimeout(forget));
}
