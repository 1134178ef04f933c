// Menus are <details>: they work without this. Here they also close on Escape,
// on a click elsewhere and when the focus leaves them.

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of menus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

// Steppers show their buttons only where they work, and say of what there will be more.
for (const stepper of document.querySelectorAll(".stepper")) {
  const input = stepper.querySelector("input");
  stepper.dataset.ready = "";
  const label = input.labels[0]?.textContent.trim();
  for (const words of stepper.querySelectorAll("button .visually-hidden")) {
    if (label) words.textContent += `: ${label}`;
  }
  stepper.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    button.dataset.step === "up" ? input.stepUp() : input.stepDown();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
