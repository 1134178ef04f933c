"""Monthly reports of the demo, moved through the real workflow and then dated back."""

import re
from datetime import timedelta

from django.utils import translation

from agenda.demo import narratives
from agenda.demo.history import SUMMER, is_known
from cases.models import Area
from interface.latvian import month_locative
from municipalities.working_days import last_day, next_working_day
from privacy.tokens import hash_of, new_token
from reports.models import (
    Ask,
    Comment,
    Delivery,
    MonthlyReport,
    ReportEvent,
    ReportSection,
)
from reports.sections import NARRATIVE, REVIEWED
from reports.services import delivery, review
from reports.workflow import Action, Status
from reports.working_days import report_due_on

# Where the reports of the last month stand, desk by desk
LAST_MONTH = (
    *(Status.RETURNED, Status.SUBMITTED, Status.APPROVED, Status.SENT, Status.DRAFT),
)
ABOUT_SCHOOL = re.compile("skol|mācās|mācīb|klas|ieskait", re.IGNORECASE)
LATER = -10
"""The PDFs of the demo wait until nothing more urgent is to be done, the oldest longest."""


ANSWERS = (
    (Ask.Status.NEW, Ask.Status.NEW, Ask.Status.IN_WORK),
    (Ask.Status.FULFILLED, Ask.Status.IN_WORK, Ask.Status.IN_WORK),
    (Ask.Status.FULFILLED, Ask.Status.FULFILLED, Ask.Status.IN_WORK),
    (*[Ask.Status.FULFILLED] * 6, Ask.Status.DECLINED),
)
"""What became of the asks of the last report, of the one before it, and so on."""


def age_of(month, clock):
    """1 for the last month that is over."""
    return len(clock.over) - clock.over.index(month)


def write_reports(logs, clock):
    for log in logs:
        writer = Writer(log, clock)
        for month in clock.over:
            writer.write(month)
        if log.desk.number % 2 == 0:
            writer.begin(clock.current)


class Writer:
    """Writes the reports of one desk in the order of the months."""

    def __init__(self, log, clock):
        self.log, self.desk, self.clock = log, log.desk, clock
        chance = self.desk.dice
        self.texts = {
            "directions": list(narratives.DIRECTIONS),
            "hardest": list(narratives.HARDEST),
            "innovation": list(narratives.INNOVATION),
            "positive": list(narratives.POSITIVE),
        }
        for texts in self.texts.values():
            chance.shuffle(texts)
        self.wishes = list(narratives.WISHES)
        chance.shuffle(self.wishes)

    def begin(self, month):
        """The draft of the current month, hardly begun."""
        report = self._open(month, month + timedelta(days=2))
        self._fill(report, narratives.BEGUN)

    def write(self, month):
        clock = self.clock
        is_last = month == clock.over[-1]
        status = Status.RECEIVED
        if is_last:
            status = LAST_MONTH[self.desk.number % len(LAST_MONTH)]
        shown = self.desk.is_first and is_last
        report = self._open(month, month + timedelta(days=20))
        texts = narratives.RETURNED if shown else self._choose(month)
        if status == Status.DRAFT:
            texts = {key: texts[key] for key in ("directions", "positive")}
        self._fill(report, self._with_codes(texts, month))
        wishes = narratives.RETURNED_WISHES if shown else self._choose_wishes(month)
        if status != Status.DRAFT:
            self._ask(report, wishes)
        Path(report, self.desk, clock).walk(status)

    def _open(self, month, begun_on):
        desk = self.desk
        report = MonthlyReport.open_for(desk.mediator, desk.municipality, month)
        begun_at = min(self.clock.at(begun_on, 16), self.clock.evening_before(120))
        MonthlyReport.objects.filter(pk=report.pk).update(created_at=begun_at)
        return report

    def _choose(self, month):
        """The next text of each list; in summer one that is not about school."""
        texts = {key: self._next(key, month) for key in self.texts}
        count = self.desk.dice.randint(3, 5)
        plans = self.desk.dice.sample(narratives.PLANS, k=count)
        return texts | {"plans": "\n".join(plans)}

    def _next(self, key, month):
        texts = self.texts[key]
        fitting = texts
        if month.month in SUMMER:
            fitting = [text for text in texts if not ABOUT_SCHOOL.search(text)] or texts
        texts.remove(fitting[0])
        return fitting[0]

    def _choose_wishes(self, month):
        """The next ones of the list; of the newest reports none is without."""
        is_new = age_of(month, self.clock) < 3
        count = self.desk.dice.choice((1, 2, 3) if is_new else (0, 1, 1, 2, 2, 3))
        chosen, rest = self.wishes[:count], self.wishes[count:]
        self.wishes = [*rest, *chosen]
        return chosen

    def _with_codes(self, texts, month):
        a, b = self._codes(month)
        before = month - timedelta(days=1)
        with translation.override("lv"):
            words = {"now": month_locative(month), "before": month_locative(before)}
        return {key: text.format(a=a, b=b, **words) for key, text in texts.items()}

    def _codes(self, month):
        """Two families of the month, those in debt for their home first."""
        ranks = {}
        for entry in self.log.entries:
            if entry.families and entry.visit.month == month:
                [family] = entry.families
                rank = (
                    entry.matter.title != "Īres parāds",
                    not is_known(self.desk, family),
                    Area.HOUSING not in entry.areas,
                )
                ranks[family.code] = min(rank, ranks.get(family.code, rank))
        first = sorted(ranks, key=lambda code: (ranks[code], code))[:2]
        return first[0], first[-1]

    def _fill(self, report, texts):
        sections = report.section_map()
        for section in NARRATIVE:
            text = texts.get(section.key, "")
            if text:
                sections[section.key].text = text
                sections[section.key].is_finished = True
                sections[section.key].save()

    def _ask(self, report, wishes):
        """New in the last report, mostly fulfilled where months have passed."""
        age = min(age_of(report.month, self.clock), len(ANSWERS)) - 1
        following = last_day(report.month) + timedelta(days=1)
        for position, wish in enumerate(wishes):
            status = self.desk.dice.choice(ANSWERS[age])
            due_on = next_working_day(following.replace(day=wish.day))
            Ask.objects.create(
                report=report,
                position=position,
                kind=wish.kind,
                text=wish.text,
                due_on=due_on,
                owner=self.desk.institution(wish.owner),
                status=status,
                decided_on=None if status in Ask.OPEN else due_on,
            )


class Path:
    """The way of one report through the workflow, with the time of each step."""

    def __init__(self, report, desk, clock):
        self.report, self.desk, self.clock = report, desk, clock
        self.day = report_due_on(report.month) - timedelta(days=desk.dice.randint(0, 2))
        # Days that have not come yet are squeezed into the last evening
        self.minutes_left = 100

    def walk(self, status):
        if status == Status.DRAFT:
            return
        self._submit()
        is_last = age_of(self.report.month, self.clock) == 1
        if is_last and status != Status.SUBMITTED:
            self._rest_until(self.clock.ago(6))
        if status == Status.RETURNED:
            self._accept("figures", "directions", "positive")
            self._return(narratives.OPEN_QUESTIONS)
            return
        if status == Status.SUBMITTED or self.desk.dice.random() < 0.25:
            self._return([self.desk.dice.choice(narratives.QUESTIONS)])
            if is_last:
                self._rest_until(self.clock.ago(4))
            self._answer()
            self._submit()
        if status == Status.SUBMITTED:
            self._accept("directions", "positive")
            return
        self._approve()
        if status in (Status.SENT, Status.RECEIVED):
            self._send(confirmed=status == Status.RECEIVED)

    def _rest_until(self, day):
        """What is still under way has moved in the last days."""
        self.day = max(self.day, day)

    def _pass(self, days, hour):
        """The instant of the next step, some working days later."""
        self.day = next_working_day(self.day + timedelta(days=days))
        self.minutes_left -= 10
        minute = self.desk.dice.randint(0, 59)
        latest = self.clock.evening_before(self.minutes_left)
        return min(self.clock.at(self.day, hour, minute), latest)

    def _date(self, at):
        """The event that was just written happened then."""
        event = self.report.events.latest("at")
        ReportEvent.objects.filter(pk=event.pk).update(at=at)

    def _submit(self):
        review.submit(self.report, by=self.desk.mediator)
        self._date(self._pass(0, 17))

    def _accept(self, *keys):
        ReportSection.objects.filter(report=self.report, key__in=keys).update(
            is_accepted=True
        )

    def _return(self, questions):
        at = self._pass(self.desk.dice.randint(2, 4), 9)
        for number, question in enumerate(questions):
            Comment.objects.create(
                report=self.report,
                section=question.section,
                author=self.desk.coordinator,
                text=question.text,
                at=at - timedelta(minutes=3 * (len(questions) - number)),
            )
        review.return_for_correction(self.report, by=self.desk.coordinator)
        self._date(at)
        self.questions = questions

    def _answer(self):
        at = self._pass(1, 18)
        for question in self.questions:
            Comment.objects.create(
                report=self.report,
                section=question.section,
                author=self.desk.mediator,
                text=question.answer,
                at=at,
                is_open=False,
            )
        self.day -= timedelta(days=1)

    def _approve(self):
        """As the button does, but with the time of then in the snapshot."""
        at = self._pass(self.desk.dice.randint(1, 4), 10)
        if self.desk.dice.random() < 0.3:
            self.report.coordinator_note = self.desk.dice.choice(
                narratives.COORDINATOR_NOTES
            )
            self.report.save()
        self._accept(*(key for key, _title in REVIEWED))
        self.report.perform(Action.APPROVE, by=self.desk.coordinator)
        self._date(at)
        self.version = delivery.freeze(self.report, by=self.desk.coordinator, at=at)
        priority = LATER - age_of(self.report.month, self.clock)
        render = delivery.render_version.using(priority=priority)
        render.enqueue(str(self.version.pk))

    def _send(self, *, confirmed):
        sent_at = self._pass(1, 8)
        self.report.perform(Action.SEND, by=self.desk.coordinator)
        self._date(sent_at)
        mail = Delivery(
            version=self.version,
            recipient=self.desk.contact_person,
            requested_by=self.desk.coordinator,
            status=Delivery.Status.SENT,
            attempts=1,
            due_at=sent_at,
            sent_at=sent_at,
            expires_at=sent_at + Delivery.LINK_LASTS,
            token_sha256=hash_of(new_token()),
        )
        if confirmed:
            mail.acknowledged_at = self._pass(self.desk.dice.randint(1, 6), 11)
            mail.remark = self.desk.dice.choice(narratives.REMARKS)
            self.report.perform(Action.CONFIRM, by=None, comment=mail.remark)
            self._date(mail.acknowledged_at)
        mail.save()
