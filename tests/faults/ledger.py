"""What clients were told is stored, kept on their side and compared with the database."""

import threading
import uuid
from collections import Counter
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Entry:
    """One log entry as a phone sends it. ``note`` is different for each."""

    number: str
    person: str
    minutes: int
    note: str

    @classmethod
    def of(cls, person, count):
        """The so-many-th entry of a person, with a number of its own."""
        return cls(
            number=str(uuid.uuid4()),
            person=person,
            minutes=count % 90 + 1,
            note=f"Saruna nr. {count}, pieraksts {uuid.uuid4().hex[:8]}",
        )


@dataclass
class Outcome:
    """What a scenario found. ``faults`` are sentences; without them and losses it holds."""

    acked: int = 0
    lost: int = 0
    doubled: int = 0
    faults: list = field(default_factory=list)
    told: dict = field(default_factory=dict)

    @property
    def holds(self):
        return not (self.lost or self.doubled or self.faults)

    def expect(self, is_so, otherwise):
        """Note a fault, in a sentence, unless it is so."""
        if not is_so:
            self.faults.append(otherwise)


class Ledger:
    """Every entry that was sent, and whether its storing was acknowledged; thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self.sent = {}
        self.acked = set()
        self.answers = Counter()

    def send(self, entry):
        with self._lock:
            self.sent[entry.number] = entry

    def answer(self, entry, status):
        """A status of HTTP, or the name of what came in its place; 200 and 201 acknowledge."""
        with self._lock:
            self.answers[status] += 1
            if status in (200, 201):
                self.acked.add(entry.number)

    def compare(self, stored):
        """The outcome, given ``stored``: rows with number, person, minutes and note.

        Lost is what was acknowledged and is not stored as it was sent; doubled is
        content that is stored more than once, under whatever number. What was sent and
        never answered may be stored or not; what nobody sent may not.
        """
        by_number = {row["number"]: row for row in stored}
        contents = Counter((row["person"], row["note"]) for row in stored)
        lost = sum(
            by_number.get(number) != asdict(self.sent[number]) for number in self.acked
        )
        outcome = Outcome(
            acked=len(self.acked),
            lost=lost,
            doubled=sum(count - 1 for count in contents.values()),
        )
        ours = {(entry.person, entry.note) for entry in self.sent.values()}
        strangers = contents.keys() - ours
        outcome.expect(
            not strangers, f"{len(strangers)} entries are stored that nobody sent"
        )
        return outcome
