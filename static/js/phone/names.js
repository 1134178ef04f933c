// Names are shown, or codes in their place while they are hidden.

// The server calls it the same; with https no other host can set it
export const COOKIE = location.protocol === "https:" ? "__Host-names" : "names";

export const areHidden = () => document.cookie.split("; ").includes(`${COOKIE}=hidden`);

export const nameOf = ({ code, label }) => (areHidden() ? code : label);

// In what our own server drew with names: [data-code] holds a name, [data-note] a note
export function hideNames(part) {
  if (!areHidden()) return;
  for (const name of part.querySelectorAll("[data-code]")) name.textContent = name.dataset.code;
  for (const note of part.querySelectorAll("[data-note]")) note.remove();
}
