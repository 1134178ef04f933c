"""A browser in words: enough to tell the own phone from the computer in the office."""

from django.utils.translation import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
PHONES = {"Android", "iPhone", "iPad"}


def _found(table, agent):
    return next((name for sign, name in table if sign in agent), "")


def device_of(agent):
    """“Chrome, Android”: what a browser says of itself, without its version."""
    words = [_found(BROWSERS, agent), _found(SYSTEMS, agent)]
    return ", ".join(filter(None, words)) or _("unknown device")


def is_phone(agent):
    return _found(SYSTEMS, agent) in PHONES
