// Recognises Latvian personal codes, as privacy/personal_code.py does;
// tests/privacy/personal_code_cases.json holds for both.

const SEPARATOR = "\\s?[-\u2010\u2012\u2013\u2014\u2212]?\\s?";
const BIRTH_DATE = "(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d\\d";
const PERSONAL_CODE = new RegExp(
  // Without a separator 371 26xxxxxx is a phone number. Telephones of 2022 do not know
  // how to look behind.
  "(?:^|[^\\d+])(?!371[26]\\d{7}(?!\\d))" +
    `(?:${BIRTH_DATE}${SEPARATOR}[012]\\d{4}|3[2-9]\\d{4}${SEPARATOR}\\d{5})(?!\\d)`,
);

export const holdsPersonalCode = (text) => PERSONAL_CODE.test(text.normalize("NFKC"));
