"""Lines of the log: JSON, in UTC, with the number of the request, without personal data."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath

current_request = ContextVar("current_request", default=None)
"""The number of the request that is being answered."""
FRAMES = 12
CAUSES = 5


class JsonLines(logging.Formatter):
    """One JSON object for each line.

    Of an exception only its kind and the places in the code are told: its words often
    quote what somebody typed, and so do the addresses in Django's own messages.
    """

    def format(self, record):
        line = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname,
            "logger": record.name,
            "message": self.message_of(record),
            "request": current_request.get(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["exceptions"] = list(how_it_failed(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)

    @staticmethod
    def message_of(record):
        # Django hands over the request where its message quotes the address
        is_about_a_request = hasattr(record, "request")
        return "request failed" if is_about_a_request else record.getMessage()


def how_it_failed(error):
    """Kind and places of an exception and of what caused it."""
    for _number in range(CAUSES):
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        yield {
            "kind": f"{type(error).__module__}.{type(error).__qualname__}",
            "at": [
                f"{'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno}"
                for frame in frames
            ],
        }
        error = error.__cause__ or (
            None if error.__suppress_context__ else error.__context__
        )
