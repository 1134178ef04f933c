"""What families need help with: the stuff of invented cases, entries and next steps."""

from dataclasses import dataclass

from cases.models import Area, Kind

HOME = Kind.HOME_VISIT
MEETING = Kind.INSTITUTION_MEETING
CALL = Kind.CALL
WALK = Kind.ACCOMPANIMENT
TALK = Kind.OFFICE_TALK


@dataclass(frozen=True)
class Matter:
    """A kind of case: its words, the institutions it leads to, and what is noted.

    ``partners`` are keys of ``places.INSTITUTIONS``: the first is visited, the last is
    called. ``also`` is a second area of some entries, ``weight`` says how often the
    matter comes up.
    """

    title: str
    area: Area
    category: str
    goal: str
    helped: str
    partners: tuple[str, ...]
    steps: tuple[tuple[Kind, str], ...]
    notes: dict[Kind, tuple[str, ...]]
    also: Area | None = None
    weight: int = 2


SCHOOL = (
    Matter(
        title="Skolas kavējumi",
        area=Area.EDUCATION,
        category="EDU_ABSENCE",
        goal="Mācās katru nedēļu.",
        helped="Vecāki paši zvana skolai, ja bērns ir slims.",
        partners=("school", "secondary"),
        also=Area.CHILDREN,
        weight=6,
        steps=(
            (CALL, "Pajautāt skolai, vai darbi nodoti"),
            (HOME, "Aiziet no rīta un paskatīties, vai bērns iet uz skolu"),
            (MEETING, "Tikties ar sociālo pedagoģi par kavējumiem"),
        ),
        notes={
            HOME: (
                "Runājām ar mammu par rīta režīmu. Ja bērns būs slims, viņa skolai zvanīs pati.",
                "Puisis stāstīja, ka matemātikā netiek līdzi un tāpēc neiet. Jāmeklē palīdzība.",
            ),
            MEETING: (
                "Skola piekrita, ka puisis darbus nodod divu nedēļu laikā. Mamma atnāks otrdien.",
                "Izrunājām kavējumus pa nedēļām. Skola ziņas sūtīs man un mammai vienlaikus.",
            ),
            CALL: (
                "Skola ziņoja, ka šonedēļ bērns bija visās stundās.",
                "Mamma piezvanīja pati, ka bērnam temperatūra. Ziņu nodevu audzinātājai.",
            ),
            WALK: ("Kopā ar mammu un meitu aizgājām uz pirmajām stundām.",),
            TALK: ("Tēvs atnāca noskaidrot, kāpēc skola sūta vēstules. Paskaidroju.",),
        },
    ),
    Matter(
        title="Vieta bērnudārzā",
        area=Area.EDUCATION,
        category="EDU_PRESCHOOL",
        goal="Bērns no septembra iet bērnudārzā.",
        helped="Vadītāja pati parādīja mammai grupu un audzinātājas.",
        partners=("preschool", "education"),
        weight=4,
        steps=(
            (CALL, "Pajautāt par vietu rindā"),
            (MEETING, "Kopā ar mammu apskatīt grupiņu"),
            (TALK, "Aizpildīt pieteikumu bērnudārzam"),
        ),
        notes={
            HOME: (
                "Mamma baidās, ka bērns raudās. Pastāstīju, kā paiet pirmā nedēļa.",
            ),
            MEETING: (
                "Vadītāja izrādīja grupu. Mamma piekrita sākt ar divām stundām.",
            ),
            CALL: ("Rindā palikuši trīs bērni, vieta būs nākamajā mēnesī.",),
            WALK: ("Pirmajā dienā aizgāju līdzi. Bērns palika līdz pusdienām.",),
            TALK: ("Aizpildījām pieteikumu, pietrūkst dzimšanas apliecības kopijas.",),
        },
    ),
    Matter(
        title="Ēdināšanas atlaide skolā",
        area=Area.EDUCATION,
        category="EDU_MEALS",
        goal="Abi bērni ēd pusdienas skolā.",
        helped="Dienests izziņu nosūtīja skolai tieši.",
        partners=("social", "school"),
        also=Area.SOCIAL,
        weight=3,
        steps=(
            (CALL, "Piezvanīt skolai par ēdināšanas atlaidi"),
            (TALK, "Sagatavot iesniegumu par ēdināšanas atlaidi"),
        ),
        notes={
            HOME: ("Sakārtojām ienākumu papīrus, lai var prasīt atlaidi.",),
            MEETING: ("Dienestā apsolīja izziņu līdz piektdienai.",),
            CALL: ("Skola apstiprināja, ka no pirmdienas bērni ēd bez maksas.",),
            TALK: ("Uzrakstījām iesniegumu, mamma to aiznesīs pati.",),
        },
    ),
    Matter(
        title="Palīdzība mācībās",
        area=Area.EDUCATION,
        category="EDU_LEARNING_SUPPORT",
        goal="Divas reizes nedēļā iet uz pagarinātās dienas grupu.",
        helped="Bibliotēkā bija miers un kāds, kas palīdz.",
        partners=("school", "library"),
        also=Area.CULTURE,
        weight=4,
        steps=(
            (HOME, "Aiznest darba burtnīcas"),
            (MEETING, "Sarunāt konsultācijas ar skolotāju"),
        ),
        notes={
            HOME: (
                "Lasījām kopā ar abām meitenēm. Jaunākā jau lasa teikumus.",
                "Mājās nav galda, kur mācīties. Runājām par bibliotēku.",
            ),
            MEETING: ("Skolotāja piedāvāja konsultācijas trešdienās pēc stundām.",),
            CALL: ("Bibliotēka gaida bērnus divas reizes nedēļā.",),
            WALK: ("Aizgāju līdzi uz pirmo konsultāciju pie skolotājas.",),
            TALK: ("Vecāmāte jautā, kā palīdzēt mazdēlam ar latviešu valodu.",),
        },
    ),
    Matter(
        title="Mācību atsākšana pēc pārtraukuma",
        area=Area.EDUCATION,
        category="EDU_RETURN",
        goal="Pabeidz 9. klasi.",
        helped="Skola piekrita individuālam plānam.",
        partners=("secondary", "education"),
        steps=(
            (MEETING, "Vienoties par individuālo plānu"),
            (CALL, "Uzzināt, kad var kārtot ieskaites"),
        ),
        notes={
            HOME: ("Meita grib atgriezties, bet kaunas no jaunākiem klasesbiedriem.",),
            MEETING: ("Vienojāmies par individuālo plānu līdz pavasarim.",),
            CALL: ("Pārvalde atbildēja, ka dokumenti ir kārtībā.",),
            TALK: ("Pārrunājām, kurus priekšmetus kārtot vispirms.",),
        },
    ),
    Matter(
        title="Autobuss uz skolu",
        area=Area.EDUCATION,
        category="EDU_TRANSPORT",
        goal="Bērni paši brauc ar skolēnu autobusu.",
        helped="Pieturu pārcēla tuvāk mājām.",
        partners=("education", "school"),
        steps=((CALL, "Pajautāt par autobusa pieturu"),),
        notes={
            HOME: ("Līdz pieturai ir divi kilometri pa tumsu. Mamma bērnus nelaiž.",),
            MEETING: ("Pārvalde pārbaudīs, vai autobuss var piestāt pie krustojuma.",),
            CALL: ("Šoferis apstājas pie veikala, bērni jau brauc.",),
        },
    ),
    Matter(
        title="Nesaskaņas klasē",
        area=Area.EDUCATION,
        category="EDU_CONFLICT",
        goal="Zēns atkal iet uz stundām bez bailēm.",
        helped="Saruna klasē kopā ar psiholoģi.",
        partners=("school", "secondary"),
        also=Area.DISCRIMINATION,
        steps=(
            (MEETING, "Saruna ar audzinātāju un psiholoģi"),
            (HOME, "Pajautāt zēnam, kā iet klasē"),
        ),
        notes={
            HOME: (
                "Zēns stāstīja, ka klasē viņu apsaukā. Vecāki vēlas runāt ar skolu.",
            ),
            MEETING: ("Audzinātāja klasē runās par apsaukāšanos, es atnākšu līdzi.",),
            CALL: ("Šonedēļ mierīgi, zēns sēž pie drauga.",),
            TALK: ("Tēvs bija dusmīgs. Vienojāmies uz skolu iet kopā.",),
        },
    ),
)

HOUSING = (
    Matter(
        title="Dzīvokļu rinda",
        area=Area.HOUSING,
        category="HOU_QUEUE",
        goal="Ģimene ir rindā un zina savu numuru.",
        helped="Dokumentu saraksts bija uzrakstīts vienkārši.",
        partners=("housing",),
        also=Area.DOCUMENTS,
        weight=4,
        steps=(
            (HOME, "Aiznest dokumentu sarakstu dzīvokļu rindai"),
            (WALK, "Pavadīt uz Dzīvokļu daļu"),
            (CALL, "Uzzināt, vai iesniegums saņemts"),
        ),
        notes={
            HOME: (
                "Istabā mitrs un auksts. Salikām papīrus iesniegumam.",
                "Jumts tek virtuvē. Nofotografējām komisijai.",
            ),
            MEETING: ("Pietrūkst izziņas par ienākumiem, citādi viss kārtībā.",),
            CALL: ("Iesniegums reģistrēts, atbilde būs mēneša laikā.",),
            WALK: ("Aizgājām kopā, iesniegumu pieņēma uzreiz.",),
            TALK: ("Izlasījām atteikumu. Ir mēnesis, lai papildinātu dokumentus.",),
        },
    ),
    Matter(
        title="Īres parāds",
        area=Area.HOUSING,
        category="HOU_RENT_DEBT",
        goal="Parāds ir sadalīts maksājumos.",
        helped="Grafiks, kuru var izpildīt.",
        partners=("housing", "social"),
        also=Area.SOCIAL,
        weight=3,
        steps=(
            (MEETING, "Vienoties par parāda grafiku"),
            (HOME, "Pārbaudīt, vai pirmā daļa samaksāta"),
        ),
        notes={
            HOME: ("Saskaitījām kopā, cik mēnesī var atlicināt.",),
            MEETING: (
                "Dzīvokļu daļa gatava dalīt parādu, ja pirmo daļu samaksā uzreiz.",
            ),
            CALL: ("Dienests apsolīja palīdzēt ar pirmo maksājumu.",),
            WALK: ("Mamma bija ļoti satraukta, gāju līdzi un tulkoju.",),
            TALK: ("Atnesa brīdinājuma vēstuli. Paskaidroju, ko tā nozīmē.",),
        },
    ),
    Matter(
        title="Malka ziemai",
        area=Area.HOUSING,
        category="HOU_FIREWOOD",
        goal="Malkas pietiek līdz martam.",
        helped="Pabalstu izmaksāja, pirms sākās sals.",
        partners=("social",),
        also=Area.SOCIAL,
        steps=((TALK, "Uzrakstīt iesniegumu malkas pabalstam"),),
        notes={
            HOME: ("Malkas palicis maz. Krāsns dūmo, vajag skursteņslauķi.",),
            CALL: ("Pabalsts piešķirts, malku atvedīs trešdien.",),
            TALK: ("Uzrakstījām iesniegumu malkas pabalstam.",),
        },
    ),
    Matter(
        title="Dzīvesvietas deklarēšana",
        area=Area.DOCUMENTS,
        category="HOU_DECLARATION",
        goal="Visi ģimenē ir deklarēti tur, kur dzīvo.",
        helped="Saimnieks parakstīja piekrišanu.",
        partners=("documents",),
        also=Area.HOUSING,
        steps=((CALL, "Sarunāt ar saimnieku piekrišanu"),),
        notes={
            HOME: ("Dzīvo pie radiem, deklarēti citā pagastā.",),
            WALK: ("Deklarējāmies turpat uz vietas divdesmit minūtēs.",),
            CALL: ("Saimnieks piekrīt, ja ir līgums.",),
            TALK: ("Izskaidroju, ko zaudē, ja nav deklarētas dzīvesvietas.",),
        },
    ),
)
