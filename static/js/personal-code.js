// Recognises Latvian personal codes, as privacy/personal_code.py does;
// tests/privacy/personal_code_cases.json holds for both.

// What people write between digits: 01.01.90-12345, 0101 9012345, 32 0000 00000.
const BETWEEN = "[\\s._/\\-\u2010\u2012\u2013\u2014\u2212]";
const FIRST_SIX =
  `(?:(?:0${BETWEEN}?[1-9]|[12]${BETWEEN}?\\d|3${BETWEEN}?[01])${BETWEEN}?` +
  `(?:0${BETWEEN}?[1-9]|1${BETWEEN}?[0-2])(?:${BETWEEN}?\\d){2}(?=${BETWEEN}*[012])` +
  `|3${BETWEEN}?[2-9](?:${BETWEEN}?\\d){4})`;
const LAST_FIVE = `(?:\\d{5}|\\d(?:${BETWEEN}\\d){4})`;
const PERSONAL_CODE = new RegExp(
  // 37126xxxxxx and 371 26xxxxxx are phone numbers. Telephones of 2022 do not know how
  // to look behind.
  `(?:^|[^\\d+])(?!371[26]\\d{7}(?!\\d)|371${BETWEEN}[26])` +
    `${FIRST_SIX}${BETWEEN}{0,5}${LAST_FIVE}(?!\\d)`,
);

// Soft hyphens and the like, copied from PDF, are not seen.
export const holdsPersonalCode = (text) =>
  PERSONAL_CODE.test(text.normalize("NFKC").replace(/\p{Cf}/gu, ""));
