"""Surveys that are over, open and announced, and recommendations with what became of them."""

from datetime import timedelta

from evaluation.models import (
    Answer,
    AnswerSheet,
    FollowUp,
    Questionnaire,
    Recommendation,
    SurveyLink,
    SurveyRound,
)
from evaluation.questions import Kind
from evaluation.services.surveys import note_partners
from mediators.models import Role, User
from municipalities.models import InstitutionContact, Term, Vocabulary
from privacy.tokens import hash_of, new_token

SHEETS = (12, 8, 4)
"""By municipality: the third has too few to be told."""
OPEN_FOR = timedelta(days=5)
"""How long the open survey has been answered."""
SHEETS_SO_FAR = (3, 1)
SCALE = (("yes", 6), ("some", 3), ("no", 1), ("cannot_say", 1))
WORDS = (
    "Vairāk kopīgu tikšanos ar skolas atbalsta komandu.",
    "Mediators varētu piedalīties bāriņtiesas sēdēs, kad ģimene tam piekrīt.",
    "Vajadzīga telpa, kur runāt ar ģimenēm bez steigas.",
    "Informēt skolu, ja ģimene uz laiku izbrauc.",
)
OTHER = {
    "q1": ("Palīdz saprast valsts iestāžu vēstules",),
    "q7": ("Jauniešu brīvā laika iespējas",),
}
RECOMMENDED = (
    (
        "MEDIATORS",
        "MUNICIPALITY",
        "Nodrošināt mediatoram pastāvīgu darba vietu un telpu sarunām ar ģimenēm.",
        ("done", "Telpa sociālajā dienestā divreiz nedēļā."),
    ),
    (
        "MEDIATORS",
        "MINISTRY",
        "Turpināt regulāras supervīzijas romu mediatoriem.",
        ("goes_on", "Supervīzija reizi divos mēnešos."),
    ),
    (
        "CENTRES",
        "MUNICIPALITY",
        "Atvērt rotaļlietu bibliotēku arī vakaros.",
        ("planned", "Paredzēts nākamā gada budžetā."),
    ),
    (
        "SCHOOLS",
        "SCHOOL",
        "Iesaistīt mediatoru sarunās par kavējumiem, pirms tiek ziņots tālāk.",
        ("goes_on", "Skola zvana mediatorei pēc trešās kavētās dienas."),
    ),
    (
        "INTERINSTITUTIONAL",
        "INSTITUTION",
        "Tikties starpinstitūciju grupā vismaz reizi ceturksnī.",
        ("goes_on", "Šogad notikušas trīs tikšanās."),
    ),
    (
        "PUBLIC_OPINION",
        "MEDIA",
        "Rosināt vietējos plašsaziņas līdzekļus slēgt vai autorizēt interneta komentārus.",
        None,
    ),
)


def add_evaluation(desks, clock):
    """What the office asked and asks, what it will ask, and what was recommended."""
    by = User.objects.filter(appointments__role=Role.PROJECT_STAFF).first()
    places = list(dict.fromkeys(desk.municipality for desk in desks))
    _add_partners(places, by)
    asked = Questionnaire.objects.newest()
    over = _round(asked, clock.until - timedelta(days=40), places, by)
    chance = desks[0].dice
    for place, count in zip(places, SHEETS, strict=False):
        _answer(over.links.get(municipality=place), count, chance)
    _look_through(over, by)
    running = _round(asked, clock.until - OPEN_FOR, places, by)
    running.links.update(announced_on=running.announce_on, invited_on=running.opens_on)
    for place, count in zip(places, SHEETS_SO_FAR, strict=False):
        _answer(running.links.get(municipality=place), count, chance)
    opens_on = clock.until + SurveyRound.ANNOUNCED_BEFORE
    coming = _round(asked, opens_on, places, by)
    coming.links.update(announced_on=clock.until)
    _recommend(desks, clock, by)


def _add_partners(places, by):
    for place in places:
        people = InstitutionContact.objects.filter(institution__municipality=place)
        note_partners(place, [one for one in people if one.email][:4], by=by)


def _round(questionnaire, opens_on, places, by):
    survey = SurveyRound.objects.create(
        questionnaire=questionnaire,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=14),
        announced_at=by.created_at,
        made_by=by,
    )
    for place in places:
        link = SurveyLink(round=survey, municipality=place)
        link.renew()
        link.save()
    return survey


def _answer(link, count, dice):
    sheets = AnswerSheet.objects.bulk_create(
        AnswerSheet(link=link, form_sha256=hash_of(new_token())) for _n in range(count)
    )
    Answer.objects.bulk_create(
        answer
        for number, sheet in enumerate(sheets)
        for answer in _answers_of(sheet, link.round.questions, number, dice)
    )


def _answers_of(sheet, questions, number, dice):
    points, weights = zip(*SCALE, strict=True)
    for question in questions:
        codes = [option.code for option in question.options]
        chosen = []
        if question.is_scale:
            chosen = dice.choices(points, weights)
        elif question.kind == Kind.ONE:
            chosen = [dice.choice(codes)]
        elif question.kind == Kind.SEVERAL:
            chosen = dice.sample(codes, dice.randint(1, 4))
        for value in chosen:
            yield Answer(sheet=sheet, question=question.code, value=value)
        words = OTHER.get(question.code, ()) if number == 2 else ()
        if question.is_text and number < len(WORDS):
            words = [WORDS[number]]
        for text in words:
            yield Answer(sheet=sheet, question=question.code, text=text)


def _look_through(survey, by):
    """Two answers of each municipality still wait."""
    for link in survey.links.all():
        texts = Answer.objects.texts().filter(sheet__link=link, question="q8")
        for answer in texts[2:]:
            answer.shown, answer.status = answer.text, Answer.Status.SHOWN
            answer.moderated_by = by
            answer.save()


def _recommend(desks, clock, by):
    terms = {
        (term.vocabulary, term.code): term
        for term in Term.objects.filter(
            vocabulary__in=[Vocabulary.RECOMMENDATION_HEADING, Vocabulary.ADDRESSEE]
        )
    }
    earlier = None
    for number, (heading, addressee, text, done) in enumerate(RECOMMENDED):
        facts = {
            "heading": terms[Vocabulary.RECOMMENDATION_HEADING, heading],
            "addressee": terms[Vocabulary.ADDRESSEE, addressee],
            "text": text,
            "made_by": by,
            "made_at": clock.at(clock.first, 10),
        }
        if number == 1:
            earlier = Recommendation.objects.create(
                **facts, source=f"Platforma II, {clock.first.year - 1}"
            )
        row = Recommendation.objects.create(
            **facts,
            source=f"Platforma III, {clock.first.year}",
            carried_from=earlier if number == 1 else None,
        )
        if done:
            status, words = done
            for desk in desks[: 1 + number % 2]:
                FollowUp.objects.create(
                    recommendation=row,
                    municipality=desk.municipality,
                    text=words,
                    status=status,
                    noted_on=clock.over[-1],
                    by=desk.coordinator,
                )
