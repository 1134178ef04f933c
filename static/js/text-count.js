// Says below a text area how much of its room is used. Counts letters as people do
// (an emoji is one), and never cuts: the server says kindly what is too long.

for (const area of document.querySelectorAll("textarea[data-count]")) {
  const limit = Number(area.dataset.count);
  const line = document.createElement("p");
  line.className = "small muted number";
  line.setAttribute("role", "status");
  area.after(line);

  const say = () => {
    const used = [...area.value.normalize("NFC")].length;
    const isNear = used > limit * 0.8;
    // Quiet while there is plenty of room; a screen reader hears only the end.
    line.setAttribute("aria-live", isNear ? "polite" : "off");
    line.textContent = area.dataset.countText
      .replace("{used}", used)
      .replace("{limit}", limit);
    line.classList.toggle("fw-bold", used > limit);
  };
  area.addEventListener("input", say);
  say();
}
