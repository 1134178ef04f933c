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
  `(?:^|\\D)(?!371[26]\\d{7}(?!\\d)|371${BETWEEN}[26])` +
    `(${FIRST_SIX})(${BETWEEN}{0,5})(${LAST_FIVE})(?!\\d)`,
);

// Neither letter nor digit nor the end of a line
const APART = "[^\\p{L}\\p{N}\\r\\n]";
const GROUPED = new RegExp(
  `(?:^|\\D)(\\d(?:${APART}{0,2}\\d){5})(${APART}{0,12})` +
    `(\\d(?:${APART}{0,2}\\d){4})(?!\\d)`,
  "u",
);
// 161175, 19997 and 161175: 19997, on two lines too: of a day on which somebody was born
// who lived when such codes were still given, until July 2017
const LISTED = /(?:^|\D)(\d{6})(\s{0,3}[,;:]\s{0,3})(\d{5})(?!\d)/;
const LIVED = /^\d{4}(?:(?:1[89]|[2-9]\d)1|(?:0\d|1[0-7])2)/;
const LIST_BEFORE = /(?:\d\.|(?:\d\s{0,3}[,;:]|€|\$|£|EUR|USD|[+#])\s{0,3})$/;
const LIST_AFTER = /^(?:\s{0,3}[.,;:]\s{0,3}\d|[.,]-)/;
const DATE = /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[012]/;
const WEIGHTS = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9];
const ENUMERATES = new RegExp(`[,;]\\s|${APART}{4}`, "u");
const TWO_APART = new RegExp(`${APART}{2}`, "u");
const DECIMALS = new RegExp(`^\\d\\d${APART}`, "u");
const GOES_ON = new RegExp(`^${APART}\\d`, "u");
const WENT_ON = new RegExp(`\\d${APART}$`, "u");

const HYPHEN = "[\\-\u2010-\u2015\u2212]";
const USUAL = new RegExp(`^\\d{6}${HYPHEN}\\d{5}$`);
const SHIFTED = new RegExp(`^(?:\\d{5}${HYPHEN}\\d{6}|\\d{7}${HYPHEN}\\d{4})$`);
// 26 120 122, 965 and 965, 26 120 122: a phone and another number
const PHONE = new RegExp(
  `^(?:[26](?:${APART}?\\d){7}(?!${HYPHEN}\\d)${APART}|` +
    `\\d(?:${APART}?\\d){2}(?!${HYPHEN})${APART}+[26])`,
  "u",
);
const DAY_AND_TIME = new RegExp(
  `^\\d\\d${APART}\\d\\d${APART}(?:19|20)\\d\\d${APART}`,
  "u",
);
const CURRENCY = new RegExp(
  `^${APART}{0,2}(?:€|\\$|£|` +
    "(?:EUR|USD|GBP|LVL|Ls|eiro|euro|lat(?:i|u|us|iem))(?![\\p{L}\\p{N}]))",
  "iu",
);
// Latin, Cyrillic and Greek signs that are read as digits, or written for them
const SIGNS = [
  ["Oo\u041e\u043e\u039f\u03bf", "0"],
  ["lI|\u0406\u04c0", "1"],
  ["Z", "2"],
  ["\u0417\u0437", "3"],
  ["S", "5"],
  ["\u0431", "6"],
  ["B", "8"],
];
const DIGIT_OF = new Map(
  SIGNS.flatMap(([signs, digit]) => [...signs].map((sign) => [sign, digit])),
);
const LOOKS_LIKE_DIGITS = new RegExp(
  `(^|[^\\p{L}\\p{N}])([\\d${[...DIGIT_OF.keys()].join("")}]+)(?![\\p{L}\\p{N}])`,
  "gu",
);

const digitsOf = (text) => text.replace(/\D/g, "");

// A date and the check digit that belongs to it
const isRight = (code) => {
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * code[at], 1);
  return DATE.test(code) && (total % 11) % 10 === Number(code[10]);
};

// A phone, a time, or an amount: 120120-25000 EUR
const isNumber = (code, { written, between, before, after }) => {
  if (before.endsWith("+")) {
    return (/^371[26]/.test(code) || !USUAL.test(written)) && !isRight(code);
  }
  if (between === "" && (PHONE.test(written) || DAY_AND_TIME.test(written))) return true;
  if (!CURRENCY.test(after)) return false;
  if (DATE.test(code)) return !isRight(code);
  return !USUAL.test(written) || code.endsWith("00") || code.slice(4, 6) === "00";
};

// A date with points before an amount, 21.01.20 25 000, is no code.
const isOld = (code, { six }) => isRight(code) && !/[./]/.test(six);

const isNew = (code, { written, six, between, five, before, after }) =>
  /^3[2-9]/.test(code) &&
  !/^371[26]/.test(code) &&
  !ENUMERATES.test(between) &&
  (between !== "" || SHIFTED.test(written)) &&
  !TWO_APART.test(six) &&
  !TWO_APART.test(five) &&
  !(between === "," && DECIMALS.test(five)) &&
  !WENT_ON.test(before) &&
  !GOES_ON.test(after);

// Among the numbers of a list, or with a round amount after it, a date proves nothing.
const isListed = (code, { five, before, after }) =>
  isRight(code) ||
  (DATE.test(code) &&
    LIVED.test(code) &&
    !five.endsWith("00") &&
    !LIST_BEFORE.test(before) &&
    !LIST_AFTER.test(after));

const findAll = (pattern, text) => {
  const found = [];
  for (let from = 0; from < text.length; ) {
    const match = pattern.exec(text.slice(from));
    if (!match) break;
    const [all, six, between, five] = match;
    const end = from + match.index + all.length;
    const start = end - six.length - between.length - five.length;
    const written = text.slice(start, end);
    const [before, after] = [text.slice(0, start), text.slice(end)];
    found.push({ start, end, written, six, between, five, before, after });
    // The character before the next one may be a digit of this one
    from = start + 1;
    while (/\d/.test(text[from] ?? "")) from += 1;
  }
  return found;
};

const codesIn = (text) => [
  ...findAll(PERSONAL_CODE, text).filter((one) => !isNumber(digitsOf(one.written), one)),
  ...findAll(GROUPED, text).filter((one) => {
    const code = digitsOf(one.written);
    return (isOld(code, one) || isNew(code, one)) && !isNumber(code, one);
  }),
  ...findAll(LISTED, text).filter((one) => {
    const code = digitsOf(one.written);
    return isListed(code, one) && !isNumber(code, one);
  }),
];

// l for 1 or O for 0 count where the code is written as usual or its check digit is right.
// Four digits at least, or any short words would be a code.
const holdsLikeness = (text) => {
  const read = text.replace(
    LOOKS_LIKE_DIGITS,
    (_all, before, signs) =>
      before + [...signs].map((sign) => DIGIT_OF.get(sign) ?? sign).join(""),
  );
  return codesIn(read).some(({ start, end, written }) => {
    const original = text.slice(start, end);
    const isSure = USUAL.test(written) || isRight(digitsOf(written));
    return original !== written && isSure && digitsOf(original).length >= 4;
  });
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
  return codesIn(shown).length > 0 || holdsLikeness(shown);
};
