"""The numbers of a mediator's month, beside one statement that counts them."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from municipalities.working_days import last_day
from reports.figures import month_figures
from reports.periods import months_earlier

STATEMENT = """
WITH log AS (
    SELECT id, kind, minutes, institution_id, contact_id,
           substr(CAST(visited_on AS TEXT), 1, 7) AS month, visited_on >= %s AS is_now
    FROM cases_visit
    WHERE mediator_id = %s AND municipality_id = %s AND visited_on BETWEEN %s AND %s
)
SELECT 'month', month, '', count(*), sum(minutes) FROM log GROUP BY month
UNION ALL
SELECT 'families', month, '', count(DISTINCT family_id), 0
FROM log JOIN cases_visitfamily ON visit_id = log.id GROUP BY month
UNION ALL
SELECT 'kind', kind, '', count(*), sum(minutes) FROM log WHERE is_now GROUP BY kind
UNION ALL
SELECT 'area', area, '', count(*), sum(minutes)
FROM log JOIN cases_visitarea ON visit_id = log.id WHERE is_now GROUP BY area
UNION ALL
SELECT 'partner', i.name, c.post, count(*), 0
FROM log JOIN municipalities_institution i ON i.id = log.institution_id
LEFT JOIN municipalities_institutioncontact c ON c.id = log.contact_id
WHERE is_now GROUP BY i.name, c.post
UNION ALL
SELECT 'different', '', '', count(DISTINCT institution_id), count(DISTINCT contact_id)
FROM log WHERE is_now
UNION ALL
SELECT 'case', status, outcome, count(*), 0
FROM cases_case WHERE mediator_id = %s AND opened_on <= %s GROUP BY status, outcome
UNION ALL
SELECT 'step', status, '', count(*), 0
FROM cases_nextstep WHERE mediator_id = %s AND due_on BETWEEN %s AND %s GROUP BY status
"""


class MonthFigures:
    name = "month figures of a mediator"
    goal, growth, most_queries = 1.5, 1.1, None
    most_ms = 30
    floor_is = "one statement that counts months, families, kinds, areas, partners, cases, steps"

    def __init__(self, site):
        self.user = site.mediator
        self.place = self.user.appointments.get().municipality
        this = timezone.localdate().replace(day=1)
        self.month = (this - timedelta(days=1)).replace(day=1)
        self._refuse_other_numbers()

    def run(self):
        return month_figures(self.user, self.place, self.month)

    def run_floor(self):
        first, last = self.month, last_day(self.month)
        user, place = (self._key(row) for row in (self.user, self.place))
        since = months_earlier(first, 5)
        of_steps = (user, first, last)
        with connection.cursor() as cursor:
            cursor.execute(
                STATEMENT, (first, user, place, since, last, user, last, *of_steps)
            )
            return cursor.fetchall()

    @staticmethod
    def _key(row):
        return row._meta.pk.get_db_prep_value(row.pk, connection)

    def _refuse_other_numbers(self):
        """A floor that counts something else would be none."""
        ours, rows = self.run(), self.run_floor()
        theirs = {(what, name): entries for what, name, _post, entries, _time in rows}
        month = f"{self.month:%Y-%m}"
        pairs = [
            (ours.values["entries"], theirs["month", month]),
            (ours.values["families"], theirs["families", month]),
            *((one.entries, theirs["kind", one.kind]) for one in ours.kinds),
            *((one.entries, theirs["area", one.area]) for one in ours.areas),
        ]
        if any(one != other for one, other in pairs):
            raise ValueError(f"The statement counts otherwise: {pairs}")
