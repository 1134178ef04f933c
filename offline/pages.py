"""The pages that the phone keeps, and the files they need.

They hold nothing of anybody: scripts fill them from the sealed copy.
"""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from cases.forms.options import NoOptions
from cases.forms.visit import VisitForm
from cases.views.visits import form_context
from families.forms.safeguarding import SafeguardingForm
from interface import words

PAGES = {
    "sodien": ("/sodien/", "offline/today.html"),
    "ierakstit": ("/ieraksti/jauns/", "cases/visit_form.html"),
    "nenosutitie": ("/ieraksti/nenosutitie/", "offline/outbox.html"),
    "kontakti": ("/kontakti/", "offline/contacts.html"),
    "berns-briesmas": ("/berns-briesmas/", "families/safeguarding.html"),
    "bez-interneta": ("/bez-interneta/", "offline/no_signal.html"),
}
"""Name in the address under /lietotne/: the address it stands in for, and its template."""

STYLES = ("theme", "frame", "forms", "components", "work", "pages/visit", "pages/care")
FONTS = tuple(f"fonts/tilts-sans-{weight}-latvian.woff2" for weight in (400, 600))
IMPORT = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")
ENTRIES = (
    "js/frame.js",
    "js/hide-names.js",
    "js/visit-form.js",
    "js/phone/device.js",
    "js/phone/pages.js",
    "js/phone/keep-notice.js",
    "js/phone/keeper.js",
)


def context_of(name):
    """What a kept page shows besides its frame."""
    if name == "berns-briesmas":
        # Each notice gets its number from the phone
        form = SafeguardingForm(by=None, initial={"client_uuid": None})
        return {"is_saved": False, "family": None, "form": form, "notices": ()}
    if name != "ierakstit":
        return {}
    today = timezone.localdate()
    form = VisitForm(options=NoOptions(None, today))
    return form_context(form) | {"is_kept": True}


@lru_cache
def files():
    """Addresses of the static files that the kept pages load."""
    names = [
        "vendor/bootstrap/bootstrap-part.min.css",
        *(f"css/{style}.css" for style in STYLES),
        *FONTS,
        *(f"img/{name}.svg" for name in ("tilts", "arrow", "check")),
        *_modules(ENTRIES),
    ]
    return [static(name) for name in names]


def _modules(entries):
    """The modules and everything they import, each once."""
    found, waiting = {}, list(entries)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        source = _read(name)
        found[name] = True
        waiting += [_resolved(name, path) for path in IMPORT.findall(source)]
    return sorted(found)


def _read(name):
    return Path(finders.find(name)).read_text("utf-8")


def _resolved(name, path):
    parts = name.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def assets(language):
    """Everything but the pages: files, the words of scripts, what the home screen shows."""
    return [*files(), words.address(language), reverse("offline:manifest")]


@lru_cache
def version():
    """Changes whenever anything that the phone keeps does.

    The pages themselves cannot be hashed, because the day stands in them.
    """
    digest = sha256()
    for address in [*assets("lv"), *assets("en")]:
        digest.update(address.encode())
    sources = [
        *(settings.BASE_DIR / "templates").rglob("*.html"),
        *(settings.BASE_DIR / "locale").rglob("django.mo"),
    ]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
