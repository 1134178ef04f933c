"""The numbers of a mediator's month, beside one statement that counts them."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from municipalities.working_days import last_day
from reports.figures import month_figures
from reports.periods import months_earlier

STATEMENT = """
WITH log AS (
    SELECT id, kind, minutes, institution_id, contact_id, case_id, is_coordinated,
           interpreting, interpreted_minutes, is_in_court,
           substr(CAST(visited_on AS TEXT), 1, 7) AS month,
           visited_on >= %(first)s AS is_now
    FROM cases_visit WHERE mediator_id = %(user)s AND municipality_id = %(place)s
    AND visited_on BETWEEN %(since)s AND %(last)s
), moves AS (
    SELECT r.family_id, r.status, (
        SELECT b.status FROM families_residence b WHERE b.family_id = r.family_id
        AND (b.since_on, b.id) < (r.since_on, r.id)
        ORDER BY b.since_on DESC, b.id DESC LIMIT 1
    ) AS before
    FROM families_residence r JOIN families_family f ON f.id = r.family_id
    WHERE r.by_id = %(user)s AND f.municipality_id = %(place)s
    AND r.since_on BETWEEN %(first)s AND %(last)s
)
SELECT 'month' AS what, month AS name, '' AS post, count(*) AS n, sum(minutes) AS more
FROM log GROUP BY month
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
SELECT 'coordinated', '', '', count(DISTINCT case_id), 0
FROM log WHERE is_now AND is_coordinated
UNION ALL
SELECT 'people', '', '', count(DISTINCT person_id), 0
FROM log JOIN cases_caseperson p ON p.case_id = log.case_id WHERE is_now
UNION ALL
SELECT 'interpreting', CAST(is_in_court AS TEXT), '', count(*), sum(interpreted_minutes)
FROM log WHERE is_now AND interpreting <> '' GROUP BY is_in_court
UNION ALL
SELECT 'new families', '', '', count(DISTINCT a.family_id), 0
FROM families_familyassignment a JOIN families_family f ON f.id = a.family_id
WHERE a.mediator_id = %(user)s AND a.kind = 'own' AND a.hand_over_id IS NULL
AND f.municipality_id = %(place)s AND a.starts_on BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'solved', substr(CAST(closed_on AS TEXT), 1, 7), '', count(*), 0
FROM cases_case WHERE mediator_id = %(user)s AND municipality_id = %(place)s
AND closed_on BETWEEN %(since)s AND %(last)s AND outcome = 'solved'
GROUP BY substr(CAST(closed_on AS TEXT), 1, 7)
UNION ALL
SELECT 'cases', '', '', count(CASE WHEN opened_on >= %(first)s THEN 1 END),
count(CASE WHEN closed_on IS NULL OR closed_on > %(last)s THEN 1 END)
FROM cases_case WHERE mediator_id = %(user)s AND municipality_id = %(place)s
AND opened_on <= %(last)s
UNION ALL
SELECT 'step', status, CASE WHEN institution_id IS NULL THEN '' ELSE 'meeting' END,
count(*), 0 FROM cases_nextstep
WHERE mediator_id = %(user)s AND municipality_id = %(place)s
AND due_on BETWEEN %(first)s AND %(last)s GROUP BY 2, 3
UNION ALL
SELECT 'put off', '', '', count(*), 0 FROM cases_nextstep s
WHERE mediator_id = %(user)s AND municipality_id = %(place)s AND due_on > %(last)s
AND EXISTS (
    SELECT 1 FROM cases_stepmove m
    WHERE m.step_id = s.id AND m.from_on BETWEEN %(first)s AND %(last)s
)
UNION ALL
SELECT 'meeting', i.name, CAST(s.due_on AS TEXT), 1, 0
FROM cases_nextstep s JOIN municipalities_institution i ON i.id = s.institution_id
WHERE s.mediator_id = %(user)s AND s.municipality_id = %(place)s
AND s.due_on BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'achieved', t.code, '', count(*), count(DISTINCT coalesce(a.person_id, c.family_id))
FROM cases_achievement a JOIN cases_case c ON c.id = a.case_id
JOIN municipalities_term t ON t.id = a.what_id
WHERE a.mediator_id = %(user)s AND a.municipality_id = %(place)s
AND a.achieved_on BETWEEN %(first)s AND %(last)s GROUP BY t.code
UNION ALL
SELECT 'programme', s.step, '', count(*), count(DISTINCT coalesce(i.person_id, i.family_id))
FROM cases_involvementstep s JOIN cases_involvement i ON i.id = s.involvement_id
JOIN municipalities_term t ON t.id = i.programme_id
WHERE s.mediator_id = %(user)s AND s.municipality_id = %(place)s
AND s.stepped_on BETWEEN %(first)s AND %(last)s
AND t.code NOT IN ('EEZ', 'MUNICIPAL', 'OTHER') GROUP BY s.step
UNION ALL
SELECT 'issue', status, '', count(CASE WHEN reported_on >= %(first)s THEN 1 END), count(
    CASE WHEN decided_on BETWEEN %(first)s AND %(last)s THEN 1 END
)
FROM cases_communityissue WHERE mediator_id = %(user)s AND municipality_id = %(place)s
AND reported_on <= %(last)s GROUP BY status
UNION ALL
SELECT 'incident', '', '',
count(CASE WHEN noted_on BETWEEN %(first)s AND %(last)s THEN 1 END),
count(CASE WHEN report_noted_on BETWEEN %(first)s AND %(last)s THEN 1 END)
FROM cases_incident WHERE mediator_id = %(user)s AND municipality_id = %(place)s
UNION ALL
SELECT 'move', status, before, count(DISTINCT family_id), 0 FROM moves
GROUP BY status, before
UNION ALL
SELECT 'late', substr(CAST(visited_on AS TEXT), 1, 7), '', count(*), sum(minutes)
FROM cases_visit WHERE mediator_id = %(user)s AND municipality_id = %(place)s
AND told_in = %(first)s GROUP BY substr(CAST(visited_on AS TEXT), 1, 7)
"""


class MonthFigures:
    name = "month figures of a mediator"
    goal, growth, most_queries = 1.5, {1_000_000: 1.1}, None
    most_ms = 30
    floor_is = "one statement by hand for all that a report of the month counts"

    def __init__(self, site):
        self.user = site.mediator
        self.place = self.user.appointments.get().municipality
        this = timezone.localdate().replace(day=1)
        self.month = (this - timedelta(days=1)).replace(day=1)
        self._refuse_other_numbers()

    def run(self):
        return month_figures(self.user, self.place, self.month)

    def run_floor(self):
        about = {
            "user": self._key(self.user),
            "place": self._key(self.place),
            "since": months_earlier(self.month, 5),
            "first": self.month,
            "last": last_day(self.month),
        }
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, about)
            return cursor.fetchall()

    @staticmethod
    def _key(row):
        return row._meta.pk.get_db_prep_value(row.pk, connection)

    def _refuse_other_numbers(self):
        """A floor that counts something else would be none."""
        ours, rows = self.run(), self.run_floor()
        theirs, more = {}, {}
        for what, name, _post, n, further in rows:
            theirs[what, name] = theirs.get((what, name), 0) + n
            more[what, name] = more.get((what, name), 0) + (further or 0)
        month = f"{self.month:%Y-%m}"
        pairs = [
            (ours.values["entries"], theirs["month", month]),
            (ours.values["families"], theirs["families", month]),
            (ours.values["solved_cases"], theirs.get(("solved", month), 0)),
            (ours.values["new_cases"], theirs["cases", ""]),
            (ours.values["open_cases"], more["cases", ""]),
            (ours.values["people"], theirs["people", ""]),
            (ours.values["new_families"], theirs["new families", ""]),
            (ours.values["officials"], more["different", ""]),
            (ours.values["documents"], theirs.get(("achieved", "DOC_ISSUED"), 0)),
            (ours.values["incidents"], theirs["incident", ""]),
            *((one.entries, theirs["kind", one.kind]) for one in ours.kinds),
            *((one.entries, theirs["area", one.area]) for one in ours.areas),
        ]
        if any(one != other for one, other in pairs):
            raise ValueError(f"The statement counts otherwise: {pairs}")
