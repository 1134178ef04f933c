// What the server's page shows when an answer is missing, shown by the phone.

import { gettext, interpolate, ngettext } from "../i18n.js";
import { icon, make } from "./icons.js";

function title(errors) {
  const count = errors.length;
  if (errors.every(({ code }) => code === "duplicate")) return gettext("One thing to make clear");
  if (errors.every(({ code }) => code === "required")) {
    if (count === 1) return gettext("One answer is missing");
    if (count === 2) return gettext("Two answers are missing");
    return interpolate(ngettext("%(count)s answer is missing", "%(count)s answers are missing", count), { count }, true);
  }
  return interpolate(ngettext("%(count)s thing to correct", "%(count)s things to correct", count), { count }, true);
}

function clear(form) {
  document.querySelector(".error-summary")?.remove();
  for (const line of form.querySelectorAll("[data-phone-error]")) line.remove();
  for (const group of form.querySelectorAll(".field--error")) group.classList.remove("field--error");
}

function groupOf(form, name) {
  const control = form.querySelector(`[name="${name}"]`) ?? form.querySelector(`[name^="${name}_"]`);
  const part = { institution: "partner", children: "people" }[name] ?? name;
  return form.querySelector(`[data-part="${part}"]`) ?? control?.closest(".field");
}

function mark(form, { field, message }) {
  const group = field && groupOf(form, field);
  if (!group) return "";
  group.closest("details")?.setAttribute("open", "");
  group.hidden = false;
  group.classList.add("field--error");
  const line = make("p", "field__error", icon("alert-triangle"), make("span", "", message));
  line.dataset.phoneError = "";
  const legend = group.querySelector("legend, label");
  if (legend) legend.after(line);
  else group.prepend(line);
  const control = group.querySelector("input:not([type=hidden]):not([hidden]), select, textarea");
  control.id ||= `phone_${field}`;
  return control.id;
}

export function showErrors(form, errors) {
  clear(form);
  const list = make("ul", "");
  for (const error of errors) {
    const id = mark(form, error);
    const link = make(id ? "a" : "p", "", error.message);
    if (id) link.href = `#${id}`;
    list.append(make("li", "", link));
  }
  const summary = make("div", "error-summary", make("h2", "", title(errors)), list);
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  form.prepend(summary);
  if (!document.title.startsWith(gettext("Error:"))) document.title = `${gettext("Error:")} ${document.title}`;
  summary.focus();
  const question = errors.find(({ code }) => code === "duplicate");
  if (question) addConfirmation(form);
}

function addConfirmation(form) {
  if (form.querySelector("[name=confirm_duplicate]")) return;
  const box = make("input", "");
  Object.assign(box, { type: "checkbox", name: "confirm_duplicate", id: "id_confirm_duplicate" });
  const label = make("label", "check", box, make("span", "", gettext("Yes, there were two. Save one more.")));
  form.querySelector(".error-summary").after(make("div", "field field--error", label));
}

// Neither the phone nor the server has it
export const notSaved = () => ({
  field: "",
  message: gettext("This phone has no room left and there is no internet. The entry is NOT saved yet. Leave this page open, make room on the phone and press Save again."),
});
