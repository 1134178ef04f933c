"""A mail server on this machine that keeps what it takes, or answers as it is told."""

import asyncio
import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

SILENCE = 3
"""Seconds; longer than a test waits for an answer."""


def free_port():
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Sink:
    """``answer`` is what it says to every recipient: 250 takes, 4xx delays, 5xx refuses.

    ``verdicts`` are what it says to the next mails once it has them, whatever it does with
    them: a line, or None for nothing; afterwards 250.
    """

    def __init__(self):
        self.mails = []
        self.answer = "250 OK"
        self.verdicts = []
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *failure):
        self.controller.stop()

    @staticmethod
    async def _say_nothing(server):
        transport = server.transport
        try:
            await asyncio.sleep(SILENCE)
        finally:
            # The caller hung up, and nobody else would do it here
            transport.close()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        verdict = self.verdicts.pop(0) if self.verdicts else "250 OK"
        if verdict is None:
            await self._say_nothing(server)
        return verdict or "250 OK"
