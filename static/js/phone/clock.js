// The day in Riga, even where the phone's own clock is wrong: the server has told
// how far off it is.

import { past } from "../near-days.js";
import { fact } from "./store.js";

const DAY = 86_400_000;
const RIGA = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Riga" });

async function now() {
  // Where nothing is kept, the phone's own clock has to do
  const skew = await fact("skew").catch(() => undefined);
  return Date.now() + (skew ?? 0);
}

export async function today() {
  return RIGA.format(await now());
}

export const addDays = (day, count) =>
  new Date(Date.parse(`${day}T12:00Z`) + count * DAY).toISOString().slice(0, 10);

const language = document.documentElement.lang || "lv";

// “trešdiena, 25. novembris”
export function inWords(day) {
  return new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", timeZone: "UTC",
  }).format(new Date(`${day}T12:00Z`));
}

const CLOCK = new Intl.DateTimeFormat("lv-LV", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Riga",
});

// “14:05”, as fields for times want it; right even where the phone's clock is wrong
export async function clockNow() {
  return CLOCK.format(await now());
}

// “šodien 11.05”, “vakar 17.40”, “3. nov. 9.15”
export async function momentInWords(time) {
  const clock = new Intl.DateTimeFormat("lv-LV", {
    hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Riga",
  }).format(time);
  return `${past(RIGA.format(time), await today())} ${clock.replace(":", ".")}`;
}
