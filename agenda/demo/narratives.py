"""What invented mediators and coordinators write in monthly reports; never a name.

Each mediator takes the texts of a list in an order of their own, so that none comes
twice in one person's ten months.
"""

from typing import NamedTuple

from reports.models import Ask

# Texts may hold ``{a}`` and ``{b}``, codes of families such as UPC-009, and ``{now}`` and
# ``{before}``, this month and the one before it as in “oktobrī”
DIRECTIONS = (
    (
        "Visvairāk darba bija ap skolu. Ar divām ģimenēm kopā aizgājām uz pirmajām "
        "stundām, ar trim ģimenēm runājām, kāpēc bērni kavē. Skola tagad ziņo uzreiz, "
        "nevis mēneša beigās."
    ),
    (
        "Galvenais bija mājoklis un dokumenti. Palīdzēju sagatavot iesniegumus "
        "dzīvokļu rindai un gāju līdzi uz sarunām. Otrs virziens bija bērnudārza "
        "rinda."
    ),
    (
        "Šomēnes strādāju pie tā, lai bērni ēstu skolā. Kopā ar Sociālo dienestu "
        "sakārtojām izziņas, un četri bērni saņem brīvpusdienas."
    ),
    (
        "Daudz laika aizgāja darba meklēšanai. Trīs jaunieši reģistrējās NVA, viens "
        "jau strādā pārbaudes laikā. Pārējais laiks bija mājas apmeklējumi."
    ),
    (
        "Mēneša tēma bija veselība: bērnu vizītes pie ģimenes ārsta un potes. Lai "
        "vecāki nebaidītos, medicīnas māsa atnāca uz tikšanos ar mammām."
    ),
    (
        "Turpinājās darbs ar skolas kavējumiem un palīdzību mācībās. Divas reizes "
        "nedēļā bērni mācās bibliotēkā, es esmu klāt pirmo stundu."
    ),
    (
        "Visvairāk palīdzēju ar dokumentiem: personas apliecībām, deklarēšanos un "
        "iesniegumiem pabalstiem. Ģimenes arvien biežāk atnāk pašas, nevis gaida, kad "
        "atnākšu es."
    ),
    (
        "Strādāju ar ģimenēm, kuras atgriezušās no ārzemēm. Bērniem vajadzēja skolu, "
        "vecākiem dzīvesvietas deklarāciju un ārstu."
    ),
    (
        "Mēneša sākumā bija daudz sarunu iestādēs, otrajā pusē mājas apmeklējumi. "
        "Vairākām ģimenēm vienlaikus bija jautājumi par apkuri un komunālajiem "
        "maksājumiem."
    ),
    (
        "Galvenie virzieni bija izglītība un kultūra. Gatavojāmies bērnu uzvedumam, "
        "un tas palīdzēja runāt arī par skolu."
    ),
    (
        "Lielākā daļa laika bija individuālas sarunas. Cilvēki jautā par darbu, "
        "parādiem un bērnu tiesībām, un vienā sarunā bieži ir vairāki jautājumi."
    ),
)
HARDEST = (
    (
        "Grūtākais bija mājokļa jautājums. Ģimene {a} var zaudēt vietu rindā, jo "
        "nav samaksāta īre. Sarunu par grafiku gaidījām vairāk nekā divas nedēļas."
    ),
    (
        "Grūti gāja ar vienu pusaudzi, kurš skolā jūtas svešs. Ir vajadzīgs laiks un "
        "viens pieaugušais skolā, kuram viņš uzticas."
    ),
    (
        "Sarežģītākais bija gaidīt iestāžu atbildes. Divās lietās atbildes nav vairāk "
        "nekā mēnesi, un ģimenes domā, ka par tām aizmirsts."
    ),
    (
        "Grūti ir tikt pie ārsta: tuvākais pieraksts pēc sešām nedēļām. Ģimenei {a} "
        "vizīti atcēla divas reizes."
    ),
    "Visgrūtāk bija nokļūt pie ģimenēm ārpus pilsētas. Autobuss iet divas reizes dienā.",
    (
        "Sarežģīti bija runāt par parādiem. Cilvēki kaunas un vēstules neatver, tāpēc "
        "uzzinu par tām pārāk vēlu."
    ),
    (
        "Grūtākais bija strīds starp bērniem klasē. Abi vecāki bija dusmīgi, un "
        "pirmajā sarunā neviens neklausījās."
    ),
    (
        "Vienai ģimenei ({a}) vajadzēja pārcelties nedēļas laikā. Pagaidu dzīvesvietu "
        "atradām tikai pēdējā dienā."
    ),
    (
        "Grūti ir tad, kad ģimene aizbrauc un nevienam nepasaka. Bērni skaitās skolā, "
        "bet nav zināms, kur viņi ir."
    ),
    "Šomēnes pietrūka stundu. Trīs tikšanās pārcēlu, jo vienā dienā bija bāriņtiesa un skola.",
    (
        "Sarežģītākais bija palīdzēt ar e-pakalpojumiem: ģimenēm nav datora, bet "
        "telefonā nekas neatveras."
    ),
)
INNOVATION = (
    "Pirmo reizi vecāki un skolotāji tikās bibliotēkā, nevis skolā. Visi runāja mierīgāk.",
    "Sāku sūtīt atgādinājumus balss ziņā romu valodā. Tikšanās tagad nokavē retāk.",
    "",
    "Kopā ar bērnudārzu izveidojām bilžu sarakstu ar to, kas jāņem līdzi pirmajā dienā.",
    "",
    "Jaunieši paši nofilmēja īsu stāstu par to, kā reģistrēties NVA.",
    "",
    "Vienojāmies ar policijas inspektoru par atvērto stundu jauniešiem katra mēneša sākumā.",
    "Ģimenes ārsta praksē trešdienās ir pusstunda, kad var nākt bez pieraksta, ja esmu klāt.",
    "",
    "Mammas izveidoja savu tērzēšanas grupu un atgādina cita citai par sapulcēm.",
)
POSITIVE = (
    "Četri bērni, kuri {before} skolā gandrīz nebija, tagad mācās katru nedēļu.",
    "Divi bērni sāka iet bērnudārzā. Mamma saka, ka tagad var meklēt darbu.",
    "Jaunietis pabeidza pārbaudes laiku un parakstīja darba līgumu.",
    "Ģimene {a} samaksāja pirmo parāda daļu un paliek dzīvokļu rindā.",
    "Vecāku sapulcē bija deviņi vecāki, pagājušajā reizē divi.",
    "Visi ģimenes {a} bērni ir reģistrēti pie ģimenes ārsta.",
    "Trīs pieaugušie paši aizpildīja iesniegumus un man tikai parādīja.",
    "Meitene atgriezās 9. klasē un nokārtoja pirmās divas ieskaites.",
    "Bērnu uzvedumu noskatījās pilna zāle, arī skolas direktore un deputāti.",
    "Bāriņtiesa iecēla vecmāmiņu par aizbildni, mazdēls paliek mājās.",
    "Skolēnu autobuss tagad piestāj tuvāk mājām, un seši bērni brauc paši.",
)
PLANS = (
    "Vecāku sapulce pamatskolā",
    "Palīdzēt diviem jauniešiem pieteikties ESF projektam",
    "Ģimenes ārsta vizītes četriem bērniem",
    "Saruna Dzīvokļu daļā par rindu",
    "Apmeklēt visas ģimenes, kurām ir mazi bērni",
    "Kopīgs apmeklējums ar sociālo darbinieci",
    "Lasīšanas pēcpusdiena bibliotēkā",
    "Pārbaudīt, vai visiem skolēniem ir mācību piederumi",
    "Tikties ar NVA par kursiem",
    "Sagatavot iesniegumus malkas pabalstam",
    "Pavadīt divas ģimenes uz PMLP",
    "Tikšanās ar skolas psiholoģi",
    "Romu valodas stunda bērniem kultūras namā",
    "Noskaidrot, kuri bērni nav reģistrēti nevienā skolā",
    "Saruna ar policijas inspektoru par jauniešu drošību",
    "Pabeigt divas lietas, kas gaida iestādes atbildi",
    "Aizpildīt piekrišanas ar jaunajām ģimenēm",
)


class Wish(NamedTuple):
    """An ask; ``owner`` is a key of ``places.INSTITUTIONS``."""

    kind: Ask.Kind
    text: str
    owner: str
    day: int


WISHES = (
    Wish(Ask.Kind.ROOM, "Telpa sarunām ar ģimenēm divas reizes nedēļā", "culture", 28),
    Wish(
        Ask.Kind.JOINT_VISIT,
        "Kopīgs apmeklējums ar sociālo darbinieku divās ģimenēs",
        "social",
        20,
    ),
    Wish(Ask.Kind.TRANSPORT, "Transports uz slimnīcu vienai ģimenei", "social", 15),
    Wish(
        Ask.Kind.CONTACT,
        "Viens cilvēks Dzīvokļu daļā, kuram var zvanīt par rindu",
        "housing",
        18,
    ),
    Wish(
        Ask.Kind.DECISION,
        "Atļaut dzīvesvietu deklarēt pirms īres līguma pagarināšanas",
        "housing",
        22,
    ),
    Wish(
        Ask.Kind.HOURS,
        "Divas papildu darba stundas dienā līdz mācību gada beigām",
        "education",
        25,
    ),
    Wish(Ask.Kind.TRAINING, "Apmaksāta supervīzija reizi mēnesī", "social", 28),
    Wish(
        Ask.Kind.TRANSPORT, "Skolēnu autobusa pietura pie krustojuma", "education", 12
    ),
    Wish(Ask.Kind.OTHER, "Dators un printeris iesniegumu sagatavošanai", "library", 26),
    Wish(
        Ask.Kind.JOINT_VISIT,
        "Skolas psiholoģes saruna ar trim pusaudžiem",
        "school",
        16,
    ),
    Wish(Ask.Kind.ROOM, "Zāle bērnu uzveduma mēģinājumiem", "culture", 10),
)
COORDINATOR_NOTES = (
    "Par telpu esam vienojušies, atslēgu var saņemt kultūras namā.",
    "Lūgumi nodoti atbildīgajām iestādēm, atbildes gaidām divu nedēļu laikā.",
    "Darba apjoms šajā mēnesī bija lielāks, nekā plānots.",
)
REMARKS = ("Paldies, izskatīsim komitejā.", "Paldies par darbu!", "", "", "", "")


class Question(NamedTuple):
    """A coordinator's comment on a section, and the mediator's answer."""

    section: str
    text: str
    answer: str


QUESTIONS = (
    Question(
        "positive",
        "Vai skola to ir apstiprinājusi?",
        "Jā, audzinātāja piezvanīja pagājušajā nedēļā.",
    ),
    Question(
        "directions",
        "Pierakstiet, ar kurām iestādēm strādājāt visvairāk.",
        "Papildināju: visvairāk ar skolu un Sociālo dienestu.",
    ),
    Question(
        "plans", "Vai sapulces datums jau zināms?", "Datumu saskaņosim nākamnedēļ."
    ),
)

# The report that lies on the mediator's table: returned with two questions
RETURNED = {
    "directions": (
        "Visvairāk darba bija ap skolu: ar divām ģimenēm kopā aizgājām uz pirmajām "
        "stundām. Otrs lielais virziens bija mājoklis un īres parādi."
    ),
    "hardest": (
        "Grūtākais bija mājokļa jautājums. Divām ģimenēm ({a} un {b}) ir īres parādi. "
        "Bez parāda grafika tās nevar palikt dzīvokļu rindā. Uz sarunu Dzīvokļu daļā "
        "gaidījām trīs nedēļas. Abas mammas bija ļoti satrauktas, tāpēc uz sarunu "
        "gāju līdzi un tulkoju."
    ),
    "innovation": (
        "Pirmo reizi vecāki un skolotāji tikās bibliotēkā, nevis skolā. Visi runāja mierīgāk."
    ),
    "positive": (
        "Četri bērni, kuri {before} skolā gandrīz nebija, {now} mācījās katru nedēļu. "
        "Vecāki tagad paši zvana skolai, ja bērns ir slims."
    ),
    "plans": (
        "Palīdzēt diviem jauniešiem pieteikties ESF projektam\n"
        "Vecāku sapulce Upesciema pamatskolā\n"
        "Ģimenes ārsta vizītes četriem bērniem"
    ),
}
RETURNED_WISHES = (
    Wish(
        Ask.Kind.DECISION,
        "Sadalīt īres parādu maksājumos divām ģimenēm, lai tās paliktu dzīvokļu rindā",
        "housing",
        25,
    ),
    Wish(
        Ask.Kind.JOINT_VISIT,
        "Kopīgs apmeklējums ar sociālo darbinieku divās ģimenēs",
        "social",
        20,
    ),
    Wish(Ask.Kind.ROOM, "Telpa sarunām ar ģimenēm divas reizes nedēļā", "culture", 28),
)
OPEN_QUESTIONS = (
    Question(
        "hardest",
        "Vai abas ģimenes jau ir iesniegušas iesniegumu par parāda sadalīšanu? Ja jā, pierakstiet "
        "datumu. Es pati piezvanīšu Dzīvokļu daļai.",
        "",
    ),
    Question(
        "support",
        "Kultūras nams var dot telpu otrdienās un piektdienās. Vai šīs dienas der?",
        "",
    ),
)
BEGUN = {
    "directions": "Turpinām ar skolas kavējumiem, divas ģimenes iet uz bibliotēku katru nedēļu."
}
"""The draft of the month that is not over."""
