// On the page for signing in: that something waits on this phone, and that it is safe.

import { interpolate, ngettext } from "../i18n.js";
import { canKeep, unsentOfAnybody } from "./store.js";

const place = document.querySelector("[data-unsent-note]");

async function tell() {
  if (!(await canKeep())) return;
  const count = await unsentOfAnybody();
  if (!count) return;
  const words = ngettext(
    "There is %(count)s unsent entry on this phone. It is safe. Sign in to send it.",
    "There are %(count)s unsent entries on this phone. They are safe. Sign in to send them.",
    count,
  );
  place.textContent = interpolate(words, { count }, true);
  place.hidden = false;
}

tell();
