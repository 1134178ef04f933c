// Where the phone cannot keep what was written, the server may still take it.

import { gettext } from "../i18n.js";
import { whoIsSignedIn } from "./send.js";

// Leaves the page, or throws when there is no server; then nothing has been stored
export async function sendDirectly(form, address) {
  const { token } = await whoIsSignedIn();
  let field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (!field) {
    field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken" });
    form.append(field);
  }
  field.value = token;
  form.action = address;
  form.submit();
}

export const notSaved = () => ({
  field: "",
  message: gettext("This phone has no room left and there is no internet. The entry is NOT saved yet. Leave this page open, make room on the phone and press Save again."),
});
