// A switch that shows a password while it is typed; it stands on the page only where it works.

for (const label of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(label.dataset.showPassword);
  label.hidden = false;
  label.addEventListener("change", ({ target }) => {
    field.type = target.checked ? "text" : "password";
  });
}
