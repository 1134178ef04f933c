// Leaving a page with words in a field that were not saved asks first.

let sent;

const isUnsaved = (field) => field.form !== sent && field.value !== field.defaultValue;

document.addEventListener("submit", ({ target }) => (sent = target));
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("main textarea")].some(isUnsaved)) event.preventDefault();
  sent = undefined;
});
