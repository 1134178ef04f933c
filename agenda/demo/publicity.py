"""Stories, publicity and materials of the demo: each as a real office would have it.

Nothing here asks chance, so that the rest of the demo stays as it is.
"""

from datetime import timedelta

from django.utils import timezone

from families.models import Consent
from mediators.models import Role, User
from municipalities.models import Term, Vocabulary
from stories import sheets
from stories.models import (
    Handout,
    Material,
    MediaItem,
    Story,
    StoryAgreement,
    StoryEvent,
)
from stories.workflow import Action, Status

WORDS = (
    {
        "title": "Katru rītu uz skolu, arī tumsā",
        "hard": "Zēns rītos negāja uz skolu, jo autobuss aizbrauca pirms gaismas un līdz "
        "pieturai bija divi kilometri pa tumšu ceļu. Mamma baidījās viņu laist vienu.",
        "done": "Kopā ar mammu aizgājām uz skolu un visu izrunājām ar sociālo pedagoģi. "
        "Mamma pati uzrakstīja vēstuli pašvaldībai, es palīdzēju to iesniegt. Trīs rītus "
        "gājām kopā, lai redzētu, cik ilgi jāiet.",
        "helped": "Skola pārcēla pirmo stundu. Izglītības pārvalde mainīja autobusa "
        "laiku. Kaimiņš apsolīja pavadīt līdz pieturai.",
        "changed": "Zēns nekavē jau divus mēnešus. Mamma pati zvana skolai, ja viņš ir "
        "slims, un nāk uz vecāku sapulcēm.",
        "quote": "Tagad es pati zinu, kam zvanīt, un man vairs nav bail jautāt.",
        "effect": "Zēns saka, ka viņam patīk matemātika. Mamma ir gandarīta, ka vēstuli "
        "uzrakstīja pati.",
        "municipality_did": "Autobuss izbrauc divdesmit minūtes vēlāk, un pie pieturas "
        "tagad deg laterna.",
        "in_brief": "Piecas tikšanās skolā, trīs mājas apmeklējumi, viena vēstule "
        "pašvaldībai.",
        "call": "Sociālais dienests, tālrunis +371 310 00001",
    },
    {
        "title": "Pirmais darba līgums",
        "hard": "Jaunietis desmit gadus strādāja bez līguma. Darba devēji viņu pat "
        "neuzklausīja.",
        "done": "Sagatavojām dzīves aprakstu un aizgājām uz aģentūru. Uz pirmo sarunu "
        "gājām kopā, uz otro viņš gāja viens.",
        "helped": "Nodarbinātības aģentūra piedāvāja apmācību pie darba devēja. "
        "Uzņēmuma meistars bija gatavs parādīt darbu.",
        "changed": "Viņam ir darba līgums un alga kontā. Vakaros viņš mācās autovadītāju "
        "kursos.",
        "quote": "Pirmo reizi kāds man iedeva atslēgas un uzticējās.",
        "effect": "Romu cilvēki, kuri tika pieņemti darbā, ir priecīgi un lepni.",
        "municipality_did": "Novads apmaksāja ceļu uz darbu pirmo mēnesi.",
        "in_brief": "Četras sarunas, divi pavadīšanas braucieni.",
        "call": "Sociālais dienests, tālrunis +371 310 00002",
    },
    {
        "title": "Bērnudārza durvis ir vaļā",
        "hard": "Mamma domāja, ka bērnudārzā meitu nesapratīs un apsmies.",
        "done": "Trīs reizes aizgājām apskatīt grupiņu. Mamma iepazinās ar audzinātājām.",
        "helped": "Vadītāja ļāva mammai pirmo nedēļu palikt līdz pusdienām.",
        "changed": "Meita iet bērnudārzā katru dienu un mājās māca dziesmas brāļiem.",
        "quote": "Viņa pirmā skrien pa durvīm iekšā.",
    },
    {
        "title": "Rēķini, kurus var saprast",
        "hard": "Vēstules no apsaimniekotāja krājās neatvērtas, parāds auga.",
        "done": "Atvērām visas kopā un salikām pa mēnešiem.",
        "helped": "Apsaimniekotājs piekrita maksājumu grafikam.",
        "changed": "Ģimene maksā katru mēnesi un zina, cik vēl palicis.",
    },
    {
        "title": "Ārsts, kurš uzklausa",
        "hard": "Divi ārsti atteica, jo nebija vietu.",
        "done": "Zvanījām kopā, līdz atradām.",
        "helped": "",
        "changed": "",
    },
    {
        "title": "Pirmā rinda bibliotēkā",
        "hard": "Pusaudze labi lasīja, bet uz bibliotēku neviens no ģimenes nebija gājis.",
        "done": "Aizgājām kopā ar māsīcu. Viņa pati izvēlējās grāmatu par zirgiem.",
        "helped": "Bibliotekāre ierādīja lasītavu un piedāvāja vadīt stundu mazajiem.",
        "changed": "Piektdienās viņa lasa priekšā pieciem bērniem, arī savam brālim.",
        "quote": "Viņi klausās, un es jūtos vajadzīga.",
    },
    {
        "title": "Visi papīri vienā mapē",
        "hard": "Trīs reizes bija jāiet pēc vienas izziņas, jo kāds papīrs palika mājās.",
        "done": "Salikām dokumentus mapē un uz vāka uzrakstījām, kas kur ir.",
        "helped": "Klientu centra darbiniece pateica, kas vajadzīgs, jau pa tālruni.",
        "changed": "Nākamo iesniegumu vectēvs iesniedza pats, pirmajā reizē.",
    },
)
SCHOOL, WORK, PRESCHOOL, BILLS, DOCTOR, LIBRARY, PAPERS = range(7)
STAGES = (
    ((Status.PUBLISHED, SCHOOL), (Status.AGREEING, PRESCHOOL), (Status.IDEA, DOCTOR)),
    ((Status.EDITING, BILLS),),
    ((Status.PUBLISHED, WORK), (Status.WRITTEN, LIBRARY)),
    (),
    ((Status.REMOVED, PAPERS),),
)
"""Desk by desk: how far a story is, and which one."""
WAY = {
    Status.IDEA: (),
    Status.WRITTEN: (Action.HAND_IN,),
    Status.EDITING: (Action.HAND_IN, Action.EDIT),
    Status.AGREEING: (Action.HAND_IN, Action.EDIT, Action.PROPOSE),
    Status.PUBLISHED: (
        *(Action.HAND_IN, Action.EDIT, Action.PROPOSE),
        *(Action.APPROVE, Action.PUBLISH),
    ),
    Status.REMOVED: (Action.HAND_IN, Action.REMOVE),
}
TOLD_BY = {SCHOOL: "mamma", WORK: "jaunietis pats"}
"""Who agreed to a story that is out: of a child a parent, of a grown-up that very person."""
SLUGS = {SCHOOL: "katru-ritu-uz-skolu-ari-tumsa", WORK: "pirmais-darba-ligums"}

# kind, medium, title, days ago, desk or None, link, speaks well
PUBLICITY = (
    (
        "PRINT_LOCAL",
        "Upesciema Vēstis",
        "Mediatore, kas zina ceļu uz skolu",
        20,
        0,
        True,
    ),
    ("RADIO", "Radio Upes", "Saruna: kas ir romu mediators?", 47, 0, True),
    ("MUNI_BULLETIN", "Kalnamuižas Ziņas", "Kā pieteikties pie mediatora", 61, 1, True),
    ("WEB", "dzintarkrasts.example", "Jaunieši iekārto tautas nama telpu", 33, 2, True),
    ("TV", "Krasta TV", "Diena kopā ar mediatori", 88, 2, True),
    (
        "PRINT_NATIONAL",
        "Žurnāls “Gads”",
        "Desmit cilvēki, kas saved kopā",
        102,
        None,
        True,
    ),
    (
        "RESEARCH",
        "Ziemeļu universitāte",
        "Bakalaura darbs par mediāciju",
        140,
        None,
        True,
    ),
    ("SOCIAL", "Novada lapa", "Ieraksts par pieturas laternu", 9, 0, True),
    ("WEB", "vidmale.example", "Raksts ar aizspriedumiem komentāros", 75, 4, False),
    ("VIDEO", "Vidmales novads", "Filma par mediatoru darbu", 120, 4, True),
    ("PRESENTATION", "Novadu diena", "Kā iestādei sākt sadarbību", 26, None, True),
)
BOOKS = (
    ("Mana romu ābece", "book", "children", "mul", "https://materiali.example/abece"),
    (
        "Metodika skolotājiem",
        "method",
        "schools",
        "lv",
        "https://materiali.example/metodika",
    ),
    (
        "Ko dara mediators",
        "video",
        "everybody",
        "lv",
        "https://materiali.example/video",
    ),
)
# days ago, copies, place
HANDED_OUT = (
    (6, 10, "Bibliotēka"),
    (19, 25, "Skola, vecāku sapulce"),
    (34, 4, ""),
    (52, 40, "Novada diena"),
)


def add_publicity(desks, clock):
    sheets.load()
    staff = User.objects.filter(appointments__role=Role.PROJECT_STAFF).first()
    for desk, stories in zip(desks, STAGES, strict=False):
        for stage, number in stories:
            _story(desk, clock, stage, number, staff)
    _publicity(desks, clock, staff)
    _library(desks, clock, staff)


def _story(desk, clock, stage, number, staff):
    is_out = stage == Status.PUBLISHED
    family = desk.families[2]
    story = Story(
        municipality=desk.municipality,
        mediator=desk.mediator,
        family=family if is_out else None,
        status=stage,
        created_at=clock.at(clock.ago(60), 11),
        names_mediator=is_out,
        **WORDS[number],
    )
    story.worded_on = timezone.localdate(story.created_at)
    story.mark = story.mark_of_words()
    story.remember_as_told()
    if stage in (Status.AGREEING, Status.PUBLISHED):
        story.dignity_mark = story.mark
    if is_out:
        story.approved_mark = story.mark
        story.slug = SLUGS[number]
        story.published_on = clock.ago(21)
    if stage == Status.AGREEING:
        # What the editor made of the title, for old beside new
        story.told = story.told.replace(story.title, "Par bērnudārzu")
    story.save()
    _events(story, desk, clock, staff)
    if is_out:
        _agreement(story, TOLD_BY[number], family, clock)


def _events(story, desk, clock, staff):
    by = {
        Action.EDIT: desk.coordinator,
        Action.PROPOSE: desk.coordinator,
        Action.PUBLISH: staff,
    }
    # What waits for a mediator came last week
    begun = 16 if story.status == Status.AGREEING else 50
    StoryEvent.objects.bulk_create(
        StoryEvent(
            story=story,
            action=action,
            by=by.get(action, desk.mediator),
            at=clock.at(clock.ago(begun - 7 * number), 14),
        )
        for number, action in enumerate(WAY[story.status])
    )


def _agreement(story, who, family, clock):
    day = clock.ago(25)
    StoryAgreement.objects.create(
        story=story,
        who=who,
        agreed_on=day,
        mark=story.mark,
        recorded_by=story.mediator,
        recorded_at=clock.at(day, 15),
    )
    Consent.objects.create(
        family=family,
        purpose=Consent.Purpose.STORY,
        manner=Consent.Manner.READ_ALOUD,
        given_on=day,
        recorded_by=story.mediator,
    )


def _publicity(desks, clock, staff):
    kinds = {
        term.code: term
        for term in Term.objects.filter(vocabulary=Vocabulary.MEDIA_KIND)
    }
    for number, (kind, medium, title, ago, desk, speaks_well) in enumerate(PUBLICITY):
        MediaItem.objects.create(
            kind=kinds[kind],
            medium=medium,
            title=title,
            published_on=clock.ago(ago),
            municipality=None if desk is None else desks[desk].municipality,
            mediator=None if desk is None else desks[desk].mediator,
            link=f"https://zinas.example/{number}" if number % 3 else "",
            is_positive=speaks_well,
            added_by=staff if desk is None else desks[desk].coordinator,
        )


def _library(desks, clock, staff):
    for title, kind, group, language, link in BOOKS:
        Material.objects.create(
            title=title,
            kind=kind,
            target_group=group,
            language=language,
            link=link,
            valid_from=clock.until - timedelta(days=300),
            added_by=staff,
        )
    materials = list(Material.objects.order_by("title"))
    for number, desk in enumerate(desks):
        for turn, (ago, copies, place) in enumerate(HANDED_OUT):
            day = clock.ago(ago + number)
            Handout.objects.create(
                material=materials[(number + 3 * turn) % len(materials)],
                municipality=desk.municipality,
                handed_on=day,
                copies=copies + number,
                place=place,
                by=desk.mediator,
                noted_on=day,
            )
