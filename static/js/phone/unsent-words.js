// Words of a report that wait on this phone: said before the report is handed in.

import { withContent } from "./entries.js";
import { make } from "./icons.js";
import { canKeep } from "./store.js";

const note = document.querySelector("[data-unsent-words]");
if (await canKeep()) {
  const drafts = await withContent("draft");
  const unsent = drafts.filter(({ content }) => content?.page?.startsWith(note.dataset.unsentWords));
  for (const { content: { page, about } } of unsent) {
    const link = make("a", "", about.subject);
    link.href = page;
    note.querySelector("ul").append(make("li", "", link));
  }
  note.hidden = !unsent.length;
}
