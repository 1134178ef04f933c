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

// Neither letter nor digit nor the end of a line
const APART = "[^\\p{L}\\p{N}\\r\\n]";
const GROUPED = new RegExp(
  `(?:^|[^\\d+])(\\d(?:${APART}{0,2}\\d){5})(${APART}{1,12})` +
    `(\\d(?:${APART}{0,2}\\d){4})(?!\\d)`,
  "u",
);
const DATE = /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[012]/;
const WEIGHTS = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9];
const ENUMERATES = new RegExp(`[,;]\\s|${APART}{4}`, "u");
const TWO_APART = new RegExp(`${APART}{2}`, "u");
const DECIMALS = new RegExp(`^\\d\\d${APART}`, "u");
const GOES_ON = new RegExp(`^${APART}\\d`, "u");
const WENT_ON = new RegExp(`\\d${APART}$`, "u");

// A date with points before an amount, 21.01.20 25 000, is no code.
const isOld = (code, six) => {
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * code[at], 1);
  return (
    DATE.test(code) && (total % 11) % 10 === Number(code[10]) && !/[./]/.test(six)
  );
};

const isNew = (code, [, six, between, five], before, after) =>
  /^3[2-9]/.test(code) &&
  !/^371[26]/.test(code) &&
  !ENUMERATES.test(between) &&
  !TWO_APART.test(six) &&
  !TWO_APART.test(five) &&
  !(between === "," && DECIMALS.test(five)) &&
  !WENT_ON.test(before) &&
  !GOES_ON.test(after);

const holdsGroupedCode = (text) => {
  for (let from = 0; from < text.length; ) {
    const match = GROUPED.exec(text.slice(from));
    if (!match) return false;
    const end = from + match.index + match[0].length;
    const start = end - match[1].length - match[2].length - match[3].length;
    const code = text.slice(start, end).replace(/\D/g, "");
    if (isOld(code, match[1])) return true;
    if (isNew(code, match, text.slice(0, start), text.slice(end))) return true;
    // The character before the next one may be a digit of this one
    from = start + 1;
    while (/\d/.test(text[from] ?? "")) from += 1;
  }
  return false;
};

// Digits of other scripts stand in rows of ten.
const usualDigit = (digit) => {
  let zero = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((digit.codePointAt(0) - zero) % 10);
};

// Soft hyphens and the like, copied from PDF, are not seen.
export const holdsPersonalCode = (text) => {
  const seen = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  const shown = seen.replace(/(?=\P{ASCII})\p{Nd}/gu, usualDigit);
  return PERSONAL_CODE.test(shown) || holdsGroupedCode(shown);
};
