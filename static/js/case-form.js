// Offers the categories of the chosen area only, and picks the area of a chosen
// category. Without this the list holds all of them, area by area.

const select = document.querySelector("select[name=category]");
const areas = [...document.querySelectorAll("input[name=area]")];

if (select && areas.length) {
  const groups = [...select.querySelectorAll("optgroup")];
  const areaOf = (option) => option?.dataset.area;

  const offer = (area) => {
    const chosen = select.value;
    const fitting = groups.filter((group) =>
      [...group.children].some((option) => areaOf(option) === area),
    );
    for (const group of groups) group.remove();
    select.append(...(fitting.length ? fitting : groups));
    select.value = chosen;
    // A category of another area is no longer on the list
    if (select.selectedIndex < 0) select.value = "";
  };

  const chosenArea = () => areas.find((input) => input.checked)?.value;

  for (const input of areas) input.addEventListener("change", () => offer(input.value));
  select.addEventListener("change", () => {
    const area = areaOf(select.selectedOptions[0]);
    const input = areas.find((candidate) => candidate.value === area);
    if (input && !chosenArea()) input.checked = true;
  });
  if (chosenArea()) offer(chosenArea());
}
