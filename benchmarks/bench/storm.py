"""What people without an account ask for on the day of a survey and of the month's mails."""

from bench.open_loop import Wish


class StormOfLinks:
    """``links`` is what ``bench.strangers`` published.

    For each answer somebody looks at the questions, and three open the report in a mail.
    Everybody comes from an address of their own, as the front tells it.
    """

    kinds = {"questions": 1, "answer": 1, "report": 3}

    def __init__(self, links):
        self.survey, self.reports = links["survey"], links["reports"]
        self.answers = iter(links["answers"])

    def wish(self, kind, chance):
        address = ".".join(str(chance.randint(1, 250)) for _ in range(3))
        headers = {"X-Forwarded-For": f"10.{address}"}
        if kind == "answer":
            return Wish(self.survey, next(self.answers), headers)
        path = self.survey if kind == "questions" else chance.choice(self.reports)
        return Wish(path, headers=headers)


class BarePages:
    """As many requests for a bare page of so many bytes."""

    kinds = {"bare page": 1}

    def __init__(self, size):
        self.size = size

    def wish(self, _kind, _chance):
        return Wish(f"/bare/?bytes={self.size}")
