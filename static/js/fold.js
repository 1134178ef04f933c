// Find a name however it is typed: without diacritics, in capitals, in Cyrillic.
// The same as privacy/fold.py; tests/privacy/fold_cases.json holds for both.

const RUSSIAN = [..."абвгдеёжзийклмнопрстуфхцчшыэюя"];
const LATIN = [..."abvgdeezzijklmnoprstufhccsieua"];
const LETTERS = new Map(RUSSIAN.map((letter, n) => [letter, LATIN[n]]));
LETTERS.set("щ", "sc").set("ъ", "").set("ь", "");

export function fold(text) {
  return [...text.toLowerCase()]
    .map((letter) => LETTERS.get(letter) ?? letter)
    .join("")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([csz])h/g, "$1")
    .replace(/([aeiu])\1/g, "$1")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
