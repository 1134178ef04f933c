"""What mediators ask for (R17), and their phones by themselves.

Of a hundred requests of theirs so many are of each kind; their export is their report's
PDF. Who saves so much has a phone that fetches its copy every two minutes, while its owner
taps twelve times.
"""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bench.open_loop import Wish

KINDS = ("home_visit", "call", "office_talk")
DAYS = 20


class MediatorsDay:
    """``people`` are those that ``bench.visitors`` signed in."""

    kinds = {"read": 55, "save": 25, "search": 10, "report": 7, "pdf": 3}
    kinds |= {"copy": round(sum(kinds.values()) / 12)}

    def __init__(self, people):
        self.people = people
        self.with_pdf = [person for person in people if person["pdf"]]

    def wish(self, kind, chance):
        person = chance.choice(self.with_pdf if kind == "pdf" else self.people)
        cookies = person["cookies"].items()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies)}
        if kind == "save":
            return Wish("/ieraksti/jauns/", self._entry(person, chance), headers)
        wish = person[kind]
        path = chance.choice(wish) if isinstance(wish, list) else wish
        return Wish(path, headers=headers)

    @staticmethod
    def _entry(person, chance):
        today = datetime.now(ZoneInfo("Europe/Riga")).date()
        first = min(DAYS, today.day - 1)
        day = today - timedelta(days=chance.randint(0, first))
        return {
            "csrfmiddlewaretoken": person["token"],
            "client_uuid": str(uuid.uuid4()),
            "kind": chance.choice(KINDS),
            "visited_on": day.isoformat(),
            "minutes": chance.choice([15, 30, 45, 60]),
            "confirm_duplicate": "on",
            "note": "Runājām par rīta režīmu. Mamma skolai zvanīs pati.",
            **chance.choice(person["save"]),
        }
