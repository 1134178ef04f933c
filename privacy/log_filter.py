"""Secrets that stand in an address do not get into the logs."""

import logging
import re

LINK = re.compile(r"/(s|adrese|kalendars|sudziba|uzaicinajums)/[^/\s\"'?]+")


class HideLinks(logging.Filter):
    """Masks the secret of a link, calendar, complaint, invitation or new address: who
    reads the logs could open it."""

    def filter(self, record):
        message = record.getMessage()
        masked = LINK.sub(r"/\1/…", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
