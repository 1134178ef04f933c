// Find a name however it is typed: without diacritics, in capitals, in Cyrillic.
// The same as privacy/fold.py; tests/privacy/fold_cases.json holds for both.

const UNSEEN = /[\p{Cf}'’‘ʼʻʹ′`´]/gu;
// Юрис is Juris, but Карклиню is Kārkliņu
const SOUNDS_OF_J = /(^|[^бвгджзйклмнпрстфхцчшщґ])([юя])/gu;
// Cyrillic, and Romani, Latgalian, German, Nordic letters that are more than one with a mark
const LETTERS = new Map(
  [..."абвгдежзиклмнопрстуфхцчшыэюяієґ" + "ʒθyıłđðø"].map((letter, n) => [
    letter,
    ("abvgdezziklmnoprstufhccsieuaieg" + "ztiilddo")[n],
  ]),
);
LETTERS.set("щ", "sc").set("ъ", "").set("ь", "");
LETTERS.set("ß", "ss").set("æ", "ae").set("œ", "oe").set("þ", "th");

export function fold(text) {
  // Composed, so that й does not lose its breve and become и
  const lower = text.normalize("NFC").replace(UNSEEN, "").toLowerCase();
  const voiced = lower.replace(SOUNDS_OF_J, "$1j$2").replaceAll("й", "j");
  const plain = [...voiced.normalize("NFD").replace(/\p{M}/gu, "")]
    .map((letter) => LETTERS.get(letter) ?? letter)
    .join("");
  return plain
    .replace(/([csz])h+/g, "$1")
    .replace(/([aeiou])\1+/g, "$1")
    .replace(/[a-z](?=[0-9])|[0-9](?=[a-z])/g, "$& ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
