// After a tap on an answer the next open question comes into view, so that a thumb need
// not scroll. Never by keyboard or mouse, and the focus stays where it is.

const isStill = matchMedia("(prefers-reduced-motion: reduce)");

// Folded questions and those that do not apply are not asked
const questions = (form) =>
  [...form.querySelectorAll("fieldset[data-part]")].filter((question) => question.checkVisibility?.());

const isOpen = (question) =>
  !question.querySelector("input:checked") &&
  ![...question.querySelectorAll("input[type=number]")].some(({ value }) => Number(value) > 0);

function leadOnFrom(form, answer) {
  const asked = questions(form);
  const here = asked.findIndex((question) => question.contains(answer));
  const next = asked.slice(here + 1).find(isOpen);
  // As little as possible: what was just answered stays on the screen if there is room
  if (here >= 0) next?.scrollIntoView({ block: "nearest", behavior: isStill.matches ? "instant" : "smooth" });
}

export function leadOn(form) {
  form.addEventListener("click", (event) => {
    const answer = event.target;
    // Of boxes one may tick several, and "other" asks on at its own place
    if (event.pointerType !== "touch" || answer.type !== "radio" || answer.value === "other") return;
    // Once the answer has opened and closed what it calls for
    requestAnimationFrame(() => answer.checked && leadOnFrom(form, answer));
  });
}
