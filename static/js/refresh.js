// A part of a page that changes by itself is fetched anew as long as something in it is
// still to change, and once after a form in it was sent. Its end is said to those who
// hear the page, its steps are not. Without this a link reloads the page.

const EVERY = 2000;

for (const part of document.querySelectorAll("[data-refresh]")) {
  const voice = document.querySelector("[data-refresh-voice]");
  let timer = 0;
  const isChanging = () => part.querySelector("[data-changes]") !== null;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, EVERY);
  };

  const show = (html) => {
    const [wasChanging, hadFocus] = [isChanging(), part.contains(document.activeElement)];
    part.innerHTML = html;
    if (hadFocus) part.focus();
    if (wasChanging && !isChanging()) voice.textContent = part.querySelector("[data-said]")?.textContent ?? "";
  };

  const refresh = async () => {
    try {
      const answer = document.hidden ? undefined : await fetch(part.dataset.refresh, { redirect: "error" });
      if (answer?.ok) show(await answer.text());
    } catch {
      // No line, or nobody is signed in any more: what stands there stays
    }
    if (isChanging()) wait();
  };

  part.addEventListener("submit", wait);
  if (isChanging()) wait();
}
