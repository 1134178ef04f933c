"""Stand-ins for what looks into files from outside: a process, an uploaded file."""


class Asker:
    """The end of the process, which keeps what it answers."""

    def __init__(self):
        self.sent = []

    def send(self, answer):
        self.sent.append(answer)


class Upload:
    """A file of so many bytes, of which nobody reads more than needed."""

    def __init__(self, size):
        self.content = b"x" * size
        self.asked = []

    def read(self, size):
        self.asked.append(size)
        return self.content[:size]
