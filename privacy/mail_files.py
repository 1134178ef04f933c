"""Mails as files, where no mail server is set: they hold addresses and personal links."""

import os
from pathlib import Path

from django.core.mail.backends import filebased

FOLDER, FILE = 0o700, 0o600


class EmailBackend(filebased.EmailBackend):
    """Django's, in a folder and in files that no other user of the machine can read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        folder = Path(self.file_path)
        # Only its owner can close a folder; the files are closed in any
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(FOLDER)

    def open(self):
        if self.stream is not None:
            return False
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self.stream = os.fdopen(os.open(self._get_filename(), flags, FILE), "ab")
        return True
