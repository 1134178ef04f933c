"""Recognise Latvian personal codes, so that they are never stored.

Until 2017 a code began with the date of birth (DDMMYY) and 0, 1 or 2 for the
century; since then it begins with 32 to 39 and the rest is random, so that there
is no check digit to rely on. Registration numbers of organisations have eleven
digits too, but begin with 4, 5 or 9.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BETWEEN = r"[\s._/\-\u2010\u2012\u2013\u2014\u2212]"
"""What people write between digits: 01.01.90-12345, 0101 9012345, 32 0000 00000."""
FIRST_SIX = (
    rf"(?:(?:0{BETWEEN}?[1-9]|[12]{BETWEEN}?\d|3{BETWEEN}?[01]){BETWEEN}?"
    rf"(?:0{BETWEEN}?[1-9]|1{BETWEEN}?[0-2])(?:{BETWEEN}?\d){{2}}(?={BETWEEN}*[012])"
    rf"|3{BETWEEN}?[2-9](?:{BETWEEN}?\d){{4}})"
)
# Amounts have their spaces among the last five: 21.01.20 25 000 is no code
LAST_FIVE = rf"(?:\d{{5}}|\d(?:{BETWEEN}\d){{4}})"
PERSONAL_CODE = re.compile(
    # A Latvian phone number: 37126xxxxxx, 371 26xxxxxx
    rf"(?<!\d)(?=(?!371[26]\d{{7}}(?!\d)|371{BETWEEN}[26])(?P<six>{FIRST_SIX})"
    rf"(?P<between>{BETWEEN}{{0,5}})(?P<five>{LAST_FIVE})(?!\d))"
)

# Neither letter nor digit nor the end of a line
APART = r"(?:[^\w\r\n]|_)"
GROUPED = re.compile(
    rf"(?<!\d)(?=(?P<six>\d(?:{APART}{{0,2}}\d){{5}})(?P<between>{APART}{{0,12}})"
    rf"(?P<five>\d(?:{APART}{{0,2}}\d){{4}})(?!\d))"
)
# 161175, 19997 and 161175: 19997, on two lines too: of a day on which somebody was born
# who lived when such codes were still given, until July 2017
LISTED = re.compile(
    r"(?<!\d)(?=(?P<six>\d{6})(?P<between>\s{0,3}[,;:]\s{0,3})(?P<five>\d{5})(?!\d))"
)
LIVED = re.compile(r"\d{4}(?:(?:1[89]|[2-9]\d)1|(?:0\d|1[0-7])2)")
LIST_BEFORE = re.compile(r"(?:\d\.|(?:\d\s{0,3}[,;:]|€|\$|£|EUR|USD|[+#])\s{0,3})$")
LIST_AFTER = re.compile(r"\s{0,3}[.,;:]\s{0,3}\d|[.,]-")
DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[012]")
WEIGHTS = (10, 5, 8, 4, 2, 1, 6, 3, 7, 9)
# What tells numbers of a list, an amount or a phone from a new code, which proves nothing
ENUMERATES = re.compile(rf"[,;]\s|{APART}{{4}}")
DECIMALS = re.compile(rf"\d\d{APART}")
GOES_ON = re.compile(rf"{APART}\d")
WENT_ON = re.compile(rf"\d{APART}$")

HYPHEN = "[-\u2010-\u2015\u2212]"
USUAL = re.compile(rf"\d{{6}}{HYPHEN}\d{{5}}")
SHIFTED = re.compile(rf"\d{{5}}{HYPHEN}\d{{6}}|\d{{7}}{HYPHEN}\d{{4}}")
# 26 120 122, 965 and 965, 26 120 122: a phone and another number
PHONE = re.compile(
    rf"[26](?:{APART}?\d){{7}}(?!{HYPHEN}\d){APART}|"
    rf"\d(?:{APART}?\d){{2}}(?!{HYPHEN}){APART}+[26]"
)
DAY_AND_TIME = re.compile(rf"\d\d{APART}\d\d{APART}(?:19|20)\d\d{APART}")
CURRENCY = re.compile(
    rf"{APART}{{0,2}}(?:€|\$|£|(?:EUR|USD|GBP|LVL|Ls|eiro|euro|lat(?:i|u|us|iem))"
    r"(?![^\W_]))",
    re.IGNORECASE,
)
DIGIT_OF = {
    **dict.fromkeys("Oo\u041e\u043e\u039f\u03bf", "0"),
    **dict.fromkeys("lI|\u0406\u04c0", "1"),
    **dict.fromkeys("\u0417\u0437", "3"),
    "Z": "2",
    "S": "5",
    "\u0431": "6",
    "B": "8",
}
"""Latin, Cyrillic and Greek signs that are read as digits, or written for them."""
LOOKS_LIKE_DIGITS = re.compile(
    rf"(?<![^\W_])[\d{''.join(DIGIT_OF)}]+(?![^\W_])",
)

REFUSAL = _(
    "The text contains a personal code. Delete it: personal codes are not kept here. "
    "Everything else you wrote is still in the form."
)


def contains_personal_code(text):
    """Whether the text holds an old or a new code, whatever stands between its digits."""
    # Compatibility forms: digits of other widths, non-breaking spaces and hyphens.
    shown = "".join(
        one
        for one in unicodedata.normalize("NFKC", text)
        if unicodedata.category(one)
        != "Cf"  # soft hyphens and the like, copied from PDF
    )
    return any(True for _span in personal_codes_in(shown))


def personal_codes_in(text):
    """(start, end) of each code.

    In digits side by side, or parted as usual, a date is enough. Grouped in another way,
    161 175:19 997, an old code counts if its check digit is right, and a new one if no
    other digits stand beside it. After a comma or a colon, 161175, 19998, the date has to be
    one of a person alive and no other number of a list may stand beside it. With l for 1
    or O for 0, or a plus before it, it has to be written as usual, 161175-19997, or its
    check digit to be right.
    """
    text = "".join(str(unicodedata.decimal(one, one)) for one in text)
    yield from _spans(text)
    digits = str.maketrans(DIGIT_OF)
    shown = LOOKS_LIKE_DIGITS.sub(lambda match: match[0].translate(digits), text)
    for start, end in _spans(shown) if shown != text else ():
        written, read = text[start:end], shown[start:end]
        is_sure = USUAL.fullmatch(read) or _is_right(re.sub(r"\D", "", read))
        # Four digits at least, or any short words would be a code
        if written != read and is_sure and len(re.findall(r"\d", written)) >= 4:
            yield start, end


def _spans(text):
    for match in PERSONAL_CODE.finditer(text):
        if not _is_number(match, text):
            yield match.start(), match.end("five")
    for match in GROUPED.finditer(text):
        code = re.sub(r"\D", "", text[match.start() : match.end("five")])
        is_code = _is_old(code, match) or _is_new(code, match, text)
        if is_code and not _is_number(match, text):
            yield match.start(), match.end("five")
    for match in LISTED.finditer(text):
        if _is_listed(match, text) and not _is_number(match, text):
            yield match.start(), match.end("five")


def _is_right(code):
    """Whether an old code has a date and the check digit that belongs to it."""
    total = 1 + sum(w * int(one) for w, one in zip(WEIGHTS, code, strict=False))
    return bool(DATE.match(code)) and total % 11 % 10 == int(code[-1])


def _is_number(match, text):
    """A phone, a time, or an amount: 120120-25000 EUR."""
    start, end = match.start(), match.end("five")
    written = text[start:end]
    code = re.sub(r"\D", "", written)
    if text[:start].endswith("+"):
        is_phone = code.startswith(("3712", "3716")) or not USUAL.fullmatch(written)
        return is_phone and not _is_right(code)
    if not match["between"] and (PHONE.match(written) or DAY_AND_TIME.match(written)):
        return True
    if not CURRENCY.match(text, end):
        return False
    if DATE.match(code):
        return not _is_right(code)
    return not USUAL.fullmatch(written) or "00" in (code[4:6], code[-2:])


def _is_old(code, match):
    """A date with points before an amount, 21.01.20 25 000, is no code."""
    return _is_right(code) and not set("./") & set(match["six"])


def _is_new(code, match, text):
    is_phone = code.startswith(("3712", "3716"))
    if not re.match("3[2-9]", code) or is_phone or ENUMERATES.search(match["between"]):
        return False
    written = text[match.start() : match.end("five")]
    if not match["between"] and not SHIFTED.fullmatch(written):
        return False
    if re.search(rf"{APART}{{2}}", match["six"] + match["five"]):
        return False
    if match["between"] == "," and DECIMALS.match(match["five"]):
        return False
    before, after = text[: match.start()], text[match.end("five") :]
    return not (WENT_ON.search(before[-2:]) or GOES_ON.match(after))


def _is_listed(match, text):
    """Among the numbers of a list, or with a round amount after it, a date proves nothing."""
    code = match["six"] + match["five"]
    if _is_right(code):
        return True
    before, after = text[: match.start()], text[match.end("five") :]
    return bool(
        DATE.match(code)
        and LIVED.match(code)
        and not match["five"].endswith("00")
        and not LIST_BEFORE.search(before[-12:])
        and not LIST_AFTER.match(after)
    )


def no_personal_code(text):
    """Refuse a text with a personal code: purpose and law need none of them here."""
    if contains_personal_code(text):
        raise ValidationError(REFUSAL, code="personal_code")
