"""What people upload stays in memory: nothing of it is ever written to the disk readable."""

from django.core.files.uploadhandler import MemoryFileUploadHandler

from privacy.workbook_gate import LARGEST_FILE


class NeverOnDisk(MemoryFileUploadHandler):
    """Keeps a file up to the largest one that is read, and of a larger one its beginning.

    Django's own handler leaves larger files to one that writes them into ``/tmp``.
    """

    def handle_raw_input(self, *args, **kwargs):
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        if start <= LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)
