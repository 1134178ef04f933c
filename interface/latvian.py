"""Dates, times and numbers as people write them, in the language that is active.

Latvian nouns change with their place in the sentence, so month names are kept in
tables and never built by adding endings. English stays plain.
"""

import datetime
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language

NBSP = "\N{NO-BREAK SPACE}"
PHONE = re.compile(r"\+?\d(?: ?\d){6,}")

# nominative, genitive, accusative, locative
MONTHS = (
    ("janvāris", "janvāra", "janvāri", "janvārī"),
    ("februāris", "februāra", "februāri", "februārī"),
    ("marts", "marta", "martu", "martā"),
    ("aprīlis", "aprīļa", "aprīli", "aprīlī"),
    ("maijs", "maija", "maiju", "maijā"),
    ("jūnijs", "jūnija", "jūniju", "jūnijā"),
    ("jūlijs", "jūlija", "jūliju", "jūlijā"),
    ("augusts", "augusta", "augustu", "augustā"),
    ("septembris", "septembra", "septembri", "septembrī"),
    ("oktobris", "oktobra", "oktobri", "oktobrī"),
    ("novembris", "novembra", "novembri", "novembrī"),
    ("decembris", "decembra", "decembri", "decembrī"),
)
SHORT_MONTHS = (
    *("janv.", "febr.", "marts", "apr.", "maijs", "jūn."),
    *("jūl.", "aug.", "sept.", "okt.", "nov.", "dec."),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# nominative, locative ("on Thursday")
WEEKDAYS = (
    ("pirmdiena", "pirmdien"),
    ("otrdiena", "otrdien"),
    ("trešdiena", "trešdien"),
    ("ceturtdiena", "ceturtdien"),
    ("piektdiena", "piektdien"),
    ("sestdiena", "sestdien"),
    ("svētdiena", "svētdien"),
)
ENGLISH_WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)

ALPHABET = "aābcčdeēfgģhiyījkķlļmnņoōpqrŗsštuūvwxzž"


def is_latvian():
    return (get_language() or "lv").startswith("lv")


def _day(moment):
    """The calendar day of a date, or of an instant as seen in Riga."""
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date() if moment.tzinfo else moment.date()
    return moment


def _month(month, case):
    number = month if isinstance(month, int) else _day(month).month
    return MONTHS[number - 1][case] if is_latvian() else ENGLISH_MONTHS[number - 1]


def month_name(month):
    """oktobris / October. The argument is a date or a number from 1 to 12."""
    return _month(month, 0)


def month_genitive(month):
    """oktobra (atskaite) / October."""
    return _month(month, 1)


def month_accusative(month):
    """(par) oktobri / October."""
    return _month(month, 2)


def month_locative(month):
    """oktobrī / October."""
    return _month(month, 3)


def month_short(month):
    """okt. / Oct."""
    number = month if isinstance(month, int) else _day(month).month
    if is_latvian():
        return SHORT_MONTHS[number - 1]
    return ENGLISH_MONTHS[number - 1][:3]


def month_year(day):
    """2026. gada oktobris / October 2026."""
    if is_latvian():
        return f"{_day(day).year}.{NBSP}gada {month_name(day)}"
    return f"{month_name(day)}{NBSP}{_day(day).year}"


def month_year_genitive(day):
    """2026. gada oktobra (atskaite) / October 2026."""
    if is_latvian():
        return f"{_day(day).year}.{NBSP}gada {month_genitive(day)}"
    return month_year(day)


def month_year_locative(day):
    """2026. gada oktobrī / (in) October 2026."""
    if is_latvian():
        return f"{_day(day).year}.{NBSP}gada {month_locative(day)}"
    return month_year(day)


def school_year(year):
    """2026./2027. mācību gads / school year 2026/27, by the year in which it began."""
    if is_latvian():
        return f"{year}./{year + 1}.{NBSP}mācību gads"
    return f"school year {year}/{(year + 1) % 100:02}"


def long_date(day):
    """12. novembris / 12 November; of another year 2025. gada 12. novembris."""
    text = f"{_ordinal(day)}{NBSP}{month_name(day)}"
    if _is_of_this_year(day):
        return text
    year = _day(day).year
    return f"{year}.{NBSP}gada {text}" if is_latvian() else f"{text}{NBSP}{year}"


def _is_of_this_year(day):
    return _day(day).year == timezone.localdate().year


def long_date_dative(day):
    """(līdz) 12. novembrim / 12 November."""
    return f"{_ordinal(day)}{NBSP}{_dative(day)}"


def long_date_locative(day):
    """12. novembrī / 12 November."""
    return f"{_ordinal(day)}{NBSP}{month_locative(day)}"


def _dative(day):
    """Masculine nouns of both declensions: marts, martam; oktobris, oktobrim."""
    name = month_name(day)
    if not is_latvian():
        return name
    return f"{name[:-1]}m" if name.endswith("is") else f"{name[:-1]}am"


def _ordinal(day):
    return f"{_day(day).day}." if is_latvian() else f"{_day(day).day}"


def full_date(day):
    """12.11.2026. / 12/11/2026."""
    return f"{_day(day):%d.%m.%Y.}" if is_latvian() else f"{_day(day):%d/%m/%Y}"


def short_date(day):
    """12. nov. / 12 Nov; of another year in full, because nobody guesses the year."""
    return near_date(day) if _is_of_this_year(day) else full_date(day)


def near_date(day):
    """12. nov. / 12 Nov, where nobody can mean another year."""
    return f"{_ordinal(day)}{NBSP}{month_short(day)}"


def unbroken(text):
    """The text with every phone number on one line: +371 310 00001."""
    return PHONE.sub(lambda found: found[0].replace(" ", NBSP), text)


def day_range(first, last):
    """12. nov.–3. dec.; with full dates on both sides where one lies in another year."""
    days = (first,) if first == last else (first, last)
    shown = near_date if all(map(_is_of_this_year, days)) else full_date
    return "–".join(shown(day) for day in days)


def day_month(day):
    """06.10. / 06/10, for columns of dates."""
    return f"{_day(day):%d.%m.}" if is_latvian() else f"{_day(day):%d/%m}"


def weekday_name(day):
    """ceturtdiena / Thursday."""
    weekday = _day(day).weekday()
    return WEEKDAYS[weekday][0] if is_latvian() else ENGLISH_WEEKDAYS[weekday]


def weekday_locative(day):
    """ceturtdien / Thursday."""
    weekday = _day(day).weekday()
    return WEEKDAYS[weekday][1] if is_latvian() else ENGLISH_WEEKDAYS[weekday]


def weekday_date(day):
    """Ceturtdiena, 12. novembris / Thursday, 12 November; the year where it is another."""
    return f"{weekday_name(day).capitalize()}, {long_date(day)}"


def clock(moment):
    """9.05 / 09:05, in local time; Latvian writes the hour without a nought."""
    if isinstance(moment, datetime.datetime) and moment.tzinfo:
        moment = timezone.localtime(moment)
    return f"{moment.hour}.{moment:%M}" if is_latvian() else f"{moment:%H:%M}"


def moment(instant):
    """12.11.2026. 9.05 / 12/11/2026 09:05: when something is on record."""
    return f"{full_date(instant)} {clock(instant)}"


def number(value):
    """1 234,5 / 1,234.5: no more decimals than the value has, thousands kept together."""
    text = formats.number_format(_plain(value), use_l10n=True, force_grouping=True)
    return text.replace(" ", NBSP)


def hours(minutes):
    """Minutes as hours with at most one decimal: 90 is 1,5; 120 is 2."""
    return number(_tenths(minutes))


def duration(minutes):
    """45 min, 1 h, 1,5 h, 1 h 20 min."""
    whole, rest = divmod(int(minutes), 60)
    if not whole:
        return f"{rest}{NBSP}min"
    if rest in (0, 30):
        return f"{hours(minutes)}{NBSP}h"
    return f"{whole}{NBSP}h {rest}{NBSP}min"


def percent(part, whole):
    """80 %: the share of a whole, or an empty string when there is no whole."""
    if not whole:
        return ""
    return f"{int(_rounded(Decimal(part) * 100 / Decimal(whole), '1'))}{NBSP}%"


def _tenths(minutes):
    return _plain(_rounded(Decimal(minutes) / 60, "0.1"))


def _rounded(value, step):
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)


def _plain(value):
    """The value without trailing zeros, so that 2.0 is written 2."""
    value = Decimal(str(value)).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def latvian_order(text):
    """The key by which names are sorted: a ā b c č … i y ī … z ž, as browsers do.

    Signs and digits come before letters, foreign letters are taken without their
    marks, other scripts come last. Capitals decide only between equal words.
    """
    letters = unicodedata.normalize("NFC", text.lower())
    return [_place(letter) for letter in letters], letters, text.swapcase()


def _place(letter):
    """Sign, Latin letter or other script; where among these."""
    if letter not in ALPHABET:
        letter = unicodedata.normalize("NFD", letter)[0]
    if letter in ALPHABET:
        return 1, ALPHABET.index(letter)
    return 2 if letter.isalpha() else 0, ord(letter)
