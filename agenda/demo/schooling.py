"""Where the children of the demo learn, and what institutions and the board counted."""

from agenda.demo.chance import dice
from families.models import (
    Attendance,
    CountSource,
    Division,
    EducationRecord,
    FamilyMember,
    GroupType,
    HomeLanguage,
    ViewHeard,
    WhoTold,
    YearlyCount,
)
from families.models.education import first_day, school_year_of

LEVELS = (
    (4, "PRESCHOOL_EARLY", "preschool"),
    (6, "PRESCHOOL_OBL", "preschool"),
    (10, "BASIC_1_3", "school"),
    (13, "BASIC_4_6", "school"),
    (16, "BASIC_7_9", "school"),
)
"""The oldest age of a level, and where the child learns then."""
COUNTED = (
    (CountSource.SCHOOL, YearlyCount.Whom.ROMA, Division.GROUP, "day", 6, None, None),
    (CountSource.SCHOOL, YearlyCount.Whom.ROMA, Division.GROUP, "all_day", 20, 9, 11),
    (
        *(CountSource.SCHOOL, YearlyCount.Whom.EVERYBODY, Division.GROUP),
        *("day", 412, None, None),
    ),
    (
        *(CountSource.SCHOOL, YearlyCount.Whom.EVERYBODY, Division.GROUP),
        *("all_day", 31, None, None),
    ),
    (CountSource.BOARD, YearlyCount.Whom.ROMA, Division.ALL, "", 58, 27, 31),
    (CountSource.BOARD, YearlyCount.Whom.EVERYBODY, Division.ALL, "", 2140, None, None),
    (CountSource.ESTIMATE, YearlyCount.Whom.ROMA, Division.ALL, "", 75, None, None),
)


def add_schooling(desks, clock):
    """Two school years of most children, and counts of others for the first two places."""
    year = school_year_of(clock.until)
    for desk in desks:
        children = FamilyMember.objects.select_related("relation", "family").filter(
            family__in=desk.families, birth_year__gte=year - 16
        )
        for child in children.order_by("family__code", "birth_year", "name"):
            _learn(desk, child, year, clock)
    places = dict.fromkeys(desk.municipality for desk in desks)
    YearlyCount.objects.bulk_create(
        _count(place, year, desks[0].coordinator, clock, *row)
        for place in [*places][:2]
        for row in COUNTED
    )


def _learn(desk, child, year, clock):
    chance = dice("school", child.family.code, child.name, child.birth_year)
    age = year - child.birth_year
    if age < 2 or chance.random() < 0.2:
        return
    before = chance.choice(Attendance.values)
    for began in (year - 1, year):
        record = EducationRecord(
            family=child.family,
            municipality=desk.municipality,
            school_year=began,
            by=desk.mediator,
            written_on=clock.ago(300 if began < year else chance.randint(5, 60)),
            attendance_before=before if began == year else "",
            attendance=before if began < year else chance.choice(Attendance.values),
            home_language=chance.choice(("", *HomeLanguage.values)),
            view_heard=chance.choice(("", *ViewHeard.values)),
            told_by=chance.choice(WhoTold.values),
        )
        record.count_as(child, first_day(began))
        _place(record, desk, age - (year - began), chance)
        record.save(force_insert=True)
        if record.attendance in (Attendance.FREQUENT, Attendance.LONG):
            record.reasons.add(
                f"absence_reason.{chance.choice(('ILLNESS', 'TRANSPORT', 'MOTIVATION'))}"
            )


def _place(record, desk, age, chance):
    level, where = next(
        (level, where) for oldest, level, where in LEVELS if age <= oldest
    )
    if chance.random() < 0.08:
        record.level_id = "edu_level.NONE"
        record.attendance = record.attendance_before = ""
        return
    record.level_id = f"edu_level.{level}"
    record.institution = desk.institution(where)
    record.institution_type = record.institution.type
    is_apart = where == "preschool" and chance.random() < 0.5
    record.group = GroupType.ALL_DAY if is_apart else GroupType.DAY
    is_special = where == "school" and chance.random() < 0.2
    programme = "SPECIAL_INTEGRATED" if is_special else "GENERAL"
    record.programme_id = f"edu_programme.{programme}"


def _count(place, year, by, clock, source, whom, division, value, number, girls, boys):
    return YearlyCount(
        municipality=place,
        school_year=year,
        source=source,
        whom=whom,
        division=division,
        value=value,
        number=number,
        girls=girls,
        boys=boys,
        by=by,
        noted_on=clock.ago(20),
    )
