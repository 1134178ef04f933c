// On a phone the panels of a long page show what they found, and their numbers on
// demand. On a wide screen and on paper they are open: a sheet of paper is narrow too,
// so its width folds nothing, and after it each panel is as it was.

const narrow = matchMedia("(max-width: 56.2em)");
const paper = matchMedia("print");
const panels = [...document.querySelectorAll("[data-folds]")];
let isFolded = false;
let beforePaper = null;

function fold() {
  if (paper.matches || narrow.matches === isFolded) return;
  isFolded = narrow.matches;
  for (const panel of panels) panel.open = !isFolded;
}

function openAll() {
  beforePaper ??= panels.map((panel) => panel.open);
  for (const panel of panels) panel.open = true;
}

function asBefore() {
  beforePaper?.forEach((open, i) => (panels[i].open = open));
  beforePaper = null;
}

fold();
narrow.addEventListener("change", fold);
paper.addEventListener("change", () => (paper.matches ? openAll() : asBefore()));
addEventListener("beforeprint", openAll);
addEventListener("afterprint", asBefore);
