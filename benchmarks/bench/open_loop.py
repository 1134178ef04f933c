"""Requests at a constant rate, whether or not the server keeps up.

Each has a moment at which somebody would have tapped. Its time runs from that moment, so
that waiting for a busy server counts, and nothing waits for an answer before it asks.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

from bench.asking import HOST

PATIENCE = 30


@dataclass(frozen=True)
class Wish:
    """One request: an address, what is typed into its form, and what is sent beside it."""

    path: str
    typed: dict | None = None
    headers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    kind: str
    due: float
    """Seconds since the first was asked."""
    seconds: float
    status: int
    """0 when no answer came."""
    expected: int

    @property
    def is_answered(self):
        return self.status == self.expected


async def run(mix, ports, *, rate, seconds, seed=1):
    """``[Asked]`` of ``rate`` requests a second.

    ``mix.kinds`` are weights by kind; ``mix.wish(kind, chance)`` is one request of it.
    """
    chance = random.Random(seed)
    begin = time.perf_counter() + 0.2
    kinds = chance.choices(list(mix.kinds), mix.kinds.values(), k=round(rate * seconds))
    tasks = []
    for number, kind in enumerate(kinds):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        wish, port = mix.wish(kind, chance), ports[number % len(ports)]
        tasks.append(asyncio.create_task(_ask(kind, wish, port, begin, due)))
    return await asyncio.gather(*tasks)


async def _ask(kind, wish, port, begin, due):
    try:
        async with asyncio.timeout(PATIENCE):
            status = await _answer(port, wish)
    except (OSError, TimeoutError, ValueError, IndexError):
        status = 0
    expected = 302 if wish.typed else 200
    return Asked(kind, due - begin, time.perf_counter() - due, status, expected)


async def _answer(port, wish):
    body = urlencode(wish.typed).encode() if wish.typed else b""
    headers = {
        "Host": HOST,
        "Origin": f"http://{HOST}",
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": len(body),
        "Connection": "close",
        **wish.headers,
    }
    head = [f"{'POST' if wish.typed else 'GET'} {wish.path} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in headers.items()]
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
        kind: [one for one in asked if one.kind == kind]
        for kind in dict.fromkeys(one.kind for one in asked)
    }
    return [row(kind, some) for kind, some in kinds.items() if len(some) > 1]


def row(what, asked):
    """The same of some that are told together."""
    times = quantiles([1000 * one.seconds for one in asked], n=100)
    return {
        "what": what,
        "requests": len(asked),
        "failed": sum(not one.is_answered for one in asked),
        "p50": round(times[49]),
        "p95": round(times[94]),
        "p99": round(times[98]),
        "most": round(1000 * max(one.seconds for one in asked)),
    }
