// The note of a form while names are hidden.

import { gettext } from "../i18n.js";
import { make } from "./icons.js";
import { areHidden } from "./names.js";

// It stays in the form, so that nothing is lost
export function hideNote(note) {
  if (!areHidden() || !note.value) return;
  note.hidden = true;
  note.before(make("p", "muted", gettext("Names are hidden. Show them to correct the note.")));
}
