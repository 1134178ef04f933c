// A covered value that was asked for hides by itself after a minute, and at once when the
// page is left or comes back from the history. One more minute is a new request, so that
// it is recorded like the first. Without this the value stays until the page is left.

const ANNOUNCED = [60, 30, 10];

for (const box of document.querySelectorAll("[data-reveal]")) {
  const find = (name) => box.querySelector(`[data-reveal-${name}]`);
  const [value, left, voice, status] = ["value", "left", "voice", "status"].map(find);
  const copy = find("copy");
  const until = Date.now() + Number(box.dataset.reveal) * 1000;
  let spoken = Infinity;

  // The clock changes every second and is silent; a screen reader hears it three times
  const tell = () => {
    const seconds = Math.max(Math.ceil((until - Date.now()) / 1000), 0);
    if (!seconds) return hide();
    left.textContent = box.dataset.left.replace("{seconds}", seconds);
    const due = ANNOUNCED.findLast((moment) => seconds <= moment);
    if (due < spoken) {
      spoken = due;
      voice.textContent = box.dataset.soon.replace("{seconds}", seconds);
    }
  };

  const hide = () => {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    const hadFocus = value.contains(document.activeElement) || document.activeElement === copy;
    value.textContent = "•••••••";
    left.hidden = true;
    if (copy) copy.hidden = true;
    status.textContent = box.dataset.hidden;
    if (hadFocus) find("more").focus();
  };

  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value.textContent.trim());
      status.textContent = box.dataset.copied;
    });
  }

  // Reloading shows the covered page; it does not ask, and record, once more
  history.replaceState(null, "", box.dataset.page);
  find("cover").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  left.hidden = false;
  let timer = setInterval(tell, 1000);
  tell();
  addEventListener("pagehide", hide);
  document.addEventListener("visibilitychange", () => document.hidden && hide());
}
