"""Requests at a constant rate, whether or not the server keeps up.

Each has a moment at which somebody would have tapped. Its time runs from that moment, so
that waiting for a busy server counts, and nothing waits for an answer before it asks.
"""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bench.asking import HOST

MIX = {"read": 55, "save": 25, "search": 10, "report": 7, "pdf": 3}
"""What people do, of a hundred requests (R17); a mediator's export is her report's PDF."""
PATIENCE = 30
KINDS = ("home_visit", "call", "office_talk")
DAYS = 20


@dataclass(frozen=True)
class Asked:
    kind: str
    seconds: float
    status: int
    """0 when no answer came."""

    @property
    def is_answered(self):
        return self.status == (302 if self.kind == "save" else 200)


async def run(people, ports, *, rate, seconds, seed=1):
    """``[Asked]`` of ``rate`` requests a second."""
    chance = random.Random(seed)
    begin = time.perf_counter() + 0.2
    kinds = chance.choices(list(MIX), MIX.values(), k=round(rate * seconds))
    tasks = []
    for number, kind in enumerate(kinds):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        person, port = chance.choice(people), ports[number % len(ports)]
        tasks.append(asyncio.create_task(_ask(kind, person, port, due, chance)))
    return await asyncio.gather(*tasks)


async def _ask(kind, person, port, due, chance):
    path, typed = _wish(kind, person, chance)
    try:
        async with asyncio.timeout(PATIENCE):
            status = await _answer(port, path, typed, person)
    except (OSError, TimeoutError, ValueError, IndexError):
        status = 0
    return Asked(kind, time.perf_counter() - due, status)


def _wish(kind, person, chance):
    """The address, and what is typed into a form."""
    if kind != "save":
        wish = person[kind]
        return (chance.choice(wish) if isinstance(wish, list) else wish), None
    today = datetime.now(ZoneInfo("Europe/Riga")).date()
    first = min(DAYS, today.day - 1)
    day = today - timedelta(days=chance.randint(0, first))
    return "/ieraksti/jauns/", {
        "csrfmiddlewaretoken": person["token"],
        "client_uuid": str(uuid.uuid4()),
        "kind": chance.choice(KINDS),
        "visited_on": day.isoformat(),
        "minutes": chance.choice([15, 30, 45, 60]),
        "confirm_duplicate": "on",
        "note": "Runājām par rīta režīmu. Mamma skolai zvanīs pati.",
        **chance.choice(person["save"]),
    }


async def _answer(port, path, typed, person):
    body = urlencode(typed).encode() if typed else b""
    cookies = "; ".join(f"{name}={value}" for name, value in person["cookies"].items())
    head = [
        f"{'POST' if typed else 'GET'} {path} HTTP/1.1",
        f"Host: {HOST}",
        f"Origin: http://{HOST}",
        f"Cookie: {cookies}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        answer = await reader.read(-1)
    finally:
        writer.close()
    return int(answer.split(b" ", 2)[1])


def told(asked):
    """One row for each kind and one for all: how many, failures, milliseconds."""
    kinds = {"all": asked} | {
        kind: [one for one in asked if one.kind == kind] for kind in MIX
    }
    return [_row(kind, some) for kind, some in kinds.items() if len(some) > 1]


def _row(kind, asked):
    times = quantiles([1000 * one.seconds for one in asked], n=100)
    return {
        "what": kind,
        "requests": len(asked),
        "failed": sum(not one.is_answered for one in asked),
        "p50": round(times[49]),
        "p95": round(times[94]),
        "p99": round(times[98]),
        "most": round(1000 * max(one.seconds for one in asked)),
    }
