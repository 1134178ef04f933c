// Offered lines can be added to a text by a tap. Each is added once.

for (const button of document.querySelectorAll("[data-insert]")) {
  const text = document.getElementById(button.dataset.into);
  button.hidden = false;
  button.addEventListener("click", () => {
    const lines = text.value.split("\n").filter((line) => line.trim());
    if (!lines.includes(button.dataset.insert)) lines.push(button.dataset.insert);
    text.value = lines.join("\n");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
}
