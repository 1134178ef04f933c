// On a phone the panels of a long page show what they found, and their numbers on
// demand. On a wide screen and on paper they are open.

const narrow = matchMedia("(max-width: 56.2em)");
const folded = () => document.querySelectorAll("[data-folds]");

function fold() {
  for (const panel of folded()) panel.open = !narrow.matches;
}

fold();
narrow.addEventListener("change", fold);
addEventListener("beforeprint", () => folded().forEach((panel) => (panel.open = true)));
addEventListener("afterprint", fold);
