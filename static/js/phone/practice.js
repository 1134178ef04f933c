// The three tasks of practice. What is done is remembered until the tab closes.

const DONE = "practice";
const list = document.querySelector("[data-practice]");
const done = new Set(JSON.parse(sessionStorage.getItem(DONE) ?? "[]"));
const task = (name) => list.querySelector(`[data-task="${name}"]`);

function show() {
  for (const item of list.children) item.querySelector("[data-done]").hidden = !done.has(item.dataset.task);
  document.querySelector("[data-all-done]").hidden = done.size < list.children.length;
}

function finish(name) {
  done.add(name);
  sessionStorage.setItem(DONE, JSON.stringify([...done]));
  show();
}

list.addEventListener("click", (event) => {
  const { move, handIn } = event.target.closest("button")?.dataset ?? {};
  if (move) {
    task("move").querySelector("[data-when]").textContent = move;
    finish("move");
  }
  if (handIn !== undefined) {
    const isEmpty = !task("report").querySelector("textarea").value.trim();
    task("report").querySelector("[data-missing]").hidden = !isEmpty;
    task("report").querySelector("[data-handed-in]").hidden = isEmpty;
    if (isEmpty) task("report").querySelector("textarea").focus();
    else finish("report");
  }
});

document.querySelector("[data-reset]").addEventListener("click", () => {
  sessionStorage.removeItem(DONE);
  location.assign(location.pathname);
});

list.hidden = false;
if (new URLSearchParams(location.search).has("ierakstits")) finish("log");
show();
