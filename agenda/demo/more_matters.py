"""More of what families need help with, and what is logged without a family."""

from typing import NamedTuple

from agenda.demo.matters import CALL, HOME, HOUSING, MEETING, SCHOOL, TALK, WALK, Matter
from cases.models import Area, Kind

HELP = (
    Matter(
        title="Trūcīgas mājsaimniecības statuss",
        area=Area.SOCIAL,
        category="SOC_NEEDY",
        goal="Statuss piešķirts uz pusgadu.",
        helped="Dienests palīdzēja aizpildīt deklarāciju.",
        partners=("social",),
        weight=3,
        steps=(
            (WALK, "Pavadīt uz Sociālo dienestu"),
            (CALL, "Uzzināt, vai lēmums pieņemts"),
        ),
        notes={
            HOME: ("Salikām kopā izziņas par ienākumiem.",),
            MEETING: ("Dienests prasa bankas izrakstu par trim mēnešiem.",),
            CALL: ("Statuss piešķirts uz sešiem mēnešiem.",),
            WALK: ("Deklarāciju aizpildījām dienestā, viss pieņemts.",),
            TALK: ("Paskaidroju, kādas atlaides ir ar šo statusu.",),
        },
    ),
    Matter(
        title="Pārtikas pakas",
        area=Area.SOCIAL,
        category="SOC_FOOD",
        goal="Ģimene zina, kur un kad saņemt paku.",
        helped="Izdales vieta ir tuvu mājām.",
        partners=("social", "society"),
        steps=((CALL, "Pateikt, kad var saņemt paku"),),
        notes={
            HOME: ("Aiznesu sarakstu, kur mēneša beigās izdala pakas.",),
            CALL: ("Pakas izdala ceturtdien līdz pulksten trijiem.",),
            TALK: ("Izrakstījām nosūtījumu pakai.",),
        },
    ),
    Matter(
        title="Bezdarbnieka statuss",
        area=Area.EMPLOYMENT,
        category="EMP_UNEMPLOYED",
        goal="Reģistrēts un zina, kad pieņem aģente.",
        helped="Aģente runāja lēnām un uzrakstīja nākamo datumu.",
        partners=("jobs",),
        weight=3,
        steps=(
            (WALK, "Pavadīt uz NVA, lai pieteiktu bezdarbnieka statusu"),
            (CALL, "Atgādināt par tikšanos NVA"),
        ),
        notes={
            HOME: ("Tēvs ar mieru reģistrēties, ja kāds aiziet līdzi.",),
            MEETING: ("Aģentei ir vietas kokapstrādes kursos no nākamā mēneša.",),
            CALL: ("Uz tikšanos bija laikā, nākamā pēc divām nedēļām.",),
            WALK: ("Reģistrējāmies, paņēmām kursu sarakstu.",),
            TALK: ("Sagatavojām dokumentus reģistrācijai.",),
        },
    ),
    Matter(
        title="Darba meklēšana un CV",
        area=Area.EMPLOYMENT,
        category="EMP_JOB",
        goal="Strādā vismaz pusslodzi.",
        helped="Darba devējs piekrita izmēģināt divas nedēļas.",
        partners=("jobs",),
        weight=3,
        steps=(
            (TALK, "Uzrakstīt CV"),
            (CALL, "Piezvanīt uzņēmumam par darbu"),
        ),
        notes={
            HOME: ("Dēls grib strādāt, bet nezina, ko rakstīt pieteikumā.",),
            MEETING: ("Filiālē ir trīs vakances, uz kurām nevajag diplomu.",),
            CALL: ("Uzņēmums gaida uz sarunu pirmdien.",),
            WALK: ("Darba intervijā tulkoju, sarunāja izmēģinājuma nedēļu.",),
            TALK: ("Uzrakstījām CV un nosūtījām divām vietām.",),
        },
    ),
    Matter(
        title="Jaunieša dalība ESF projektā",
        area=Area.EMPLOYMENT,
        category="EMP_NEET",
        goal="Jaunietis ir projektā un iet uz nodarbībām.",
        helped="Mentors pats atbrauca uz mājām.",
        partners=("jobs", "society"),
        also=Area.EDUCATION,
        steps=((TALK, "Palīdzēt aizpildīt pieteikumu ESF projektam"),),
        notes={
            HOME: ("Pastāstīju par projektu, mamma vēlas redzēt mentoru.",),
            MEETING: ("Jaunietis var sākt no nākamā mēneša.",),
            CALL: ("Pieteikums pieņemts.",),
            TALK: ("Aizpildījām pieteikumu.",),
        },
    ),
    Matter(
        title="Ģimenes ārsta reģistrācija",
        area=Area.HEALTH,
        category="HEA_GP",
        goal="Visi bērni ir reģistrēti pie ārsta.",
        helped="Māsa pierakstīja visus bērnus vienā dienā.",
        partners=("doctor",),
        weight=3,
        steps=(
            (CALL, "Pierakstīt bērnus pie ārsta"),
            (WALK, "Pavadīt uz ārsta vizīti"),
        ),
        notes={
            HOME: ("Mazākajam nav ģimenes ārsta kopš pārcelšanās.",),
            MEETING: ("Prakse pieņem jaunus pacientus, vajag iesniegumu.",),
            CALL: ("Pierakstīti uz trešdienu.",),
            WALK: ("Vizītē palīdzēju saprast, ko darīt mājās.",),
            TALK: ("Aizpildījām iesniegumu reģistrācijai.",),
        },
    ),
    Matter(
        title="Izziņa skolai no ārsta",
        area=Area.HEALTH,
        category="HEA_CERTIFICATE",
        goal="Izziņa ir skolā.",
        helped="Skola pagaidīja divas dienas.",
        partners=("doctor", "school"),
        also=Area.EDUCATION,
        steps=((CALL, "Pajautāt praksei, vai izziņa gatava"),),
        notes={
            HOME: ("Atgādināju par izziņu, mamma aizies pirmdien.",),
            CALL: ("Skola gaidīs izziņu līdz pirmdienai.",),
            WALK: ("Saņēmām izziņu un aiznesām uz skolu.",),
        },
    ),
    Matter(
        title="Personas apliecība",
        area=Area.DOCUMENTS,
        category="DOC_ID",
        goal="Apliecība ir saņemta.",
        helped="Vizīti varēja pierakstīt pa tālruni.",
        partners=("documents",),
        steps=(
            (WALK, "Pavadīt uz PMLP nodot dokumentus"),
            (CALL, "Pierakstīt vizīti"),
        ),
        notes={
            HOME: ("Apliecības termiņš beidzās pavasarī.",),
            CALL: ("Vizīte pierakstīta uz nākamo nedēļu.",),
            WALK: ("Nodevām dokumentus, apliecība būs pēc desmit dienām.",),
            TALK: ("Paskaidroju, kas jāņem līdzi un cik jāmaksā.",),
        },
    ),
    Matter(
        title="Dzimšanas apliecības kopija",
        area=Area.DOCUMENTS,
        category="DOC_BIRTH",
        goal="Dokuments ir mājās un iesniegts bērnudārzam.",
        helped="Atkārtotu apliecību izsniedza tajā pašā dienā.",
        partners=("documents",),
        weight=1,
        steps=((CALL, "Uzzināt, kā saņemt atkārtotu apliecību"),),
        notes={
            HOME: ("Apliecība sabojāta, kad applūda pagrabs.",),
            WALK: ("Saņēmām atkārtotu apliecību.",),
            TALK: ("Uzrakstījām pieteikumu.",),
        },
    ),
    Matter(
        title="Aizbildnība",
        area=Area.CHILDREN,
        category="CHI_GUARDIAN",
        goal="Vecmāmiņa ir bērna aizbildne.",
        helped="Bāriņtiesa visu izskaidroja divreiz.",
        partners=("court",),
        steps=(
            (CALL, "Uzzināt bāriņtiesas atbildi"),
            (WALK, "Aiziet līdzi uz bāriņtiesas sēdi"),
        ),
        notes={
            HOME: ("Vecmāmiņa grib, lai mazdēls paliktu pie viņas.",),
            MEETING: ("Bāriņtiesai vajag skolas raksturojumu.",),
            CALL: ("Sēde būs pēc divām nedēļām.",),
            WALK: ("Sēdē tulkoju. Lēmumu atsūtīs rakstiski.",),
            TALK: ("Sagatavojām iesniegumu bāriņtiesai.",),
        },
    ),
    Matter(
        title="Saruna ar policiju",
        area=Area.RIGHTS,
        category="JUS_POLICE",
        goal="Jaunietis zina savas tiesības un pienākumus.",
        helped="Inspektors atrada laiku mierīgai sarunai.",
        partners=("police",),
        also=Area.SAFETY,
        steps=((MEETING, "Saruna ar inspektoru un vecākiem"),),
        notes={
            HOME: ("Vecāki nesaprata policijas vēstuli. Izlasījām kopā.",),
            MEETING: ("Vienojāmies par pārrunām kopā ar vecākiem.",),
            CALL: ("Inspektors lūdz atnākt ceturtdien.",),
            TALK: ("Pārrunājām, ko drīkst un ko nedrīkst prasīt policija.",),
        },
    ),
    Matter(
        title="Atgriešanās no ārzemēm",
        area=Area.MOBILITY,
        category="MOB_RETURN",
        goal="Bērni ir skolā, ģimenei ir dzīvesvieta.",
        helped="Skola bērnus uzņēma mēneša vidū.",
        partners=("education",),
        also=Area.EDUCATION,
        weight=1,
        steps=((CALL, "Noskaidrot, kuri dokumenti jātulko"),),
        notes={
            HOME: ("Ģimene atbrauca pagājušajā nedēļā, dzīvo pie radiem.",),
            MEETING: ("Pārvalde palīdzēs atzīt liecības no ārzemēm.",),
            CALL: ("Videozvans, plāno atgriezties mēneša beigās.",),
            TALK: ("Uzrakstījām, kas jānokārto pirmajā mēnesī.",),
        },
    ),
)
MATTERS = (*SCHOOL, *HOUSING, *HELP)


class Occasion(NamedTuple):
    """An entry without a family: an event, or a talk with an institution."""

    kind: Kind
    areas: tuple[Area, ...]
    partner: str
    note: str
    place: str = ""


EVENTS = (
    Occasion(
        Kind.GROUP,
        (Area.CULTURE, Area.EDUCATION),
        "library",
        "Lasījām pasakas romu un latviešu valodā.",
        "bibliotēka",
    ),
    Occasion(
        Kind.GROUP,
        (Area.EDUCATION,),
        "school",
        "Vecāku sapulce. Runājām par kavējumiem un ēdināšanu.",
        "skolas zāle",
    ),
    Occasion(
        Kind.GROUP,
        (Area.CULTURE,),
        "culture",
        "Mēģinājums bērnu uzvedumam.",
        "kultūras nams",
    ),
    Occasion(
        Kind.GROUP,
        (Area.EMPLOYMENT,),
        "jobs",
        "Informatīva tikšanās par kursiem jauniešiem.",
        "NVA telpas",
    ),
    Occasion(
        Kind.GROUP,
        (Area.HEALTH, Area.CHILDREN),
        "doctor",
        "Saruna ar mammām par potēm un bērnu veselību.",
        "resursu centrs",
    ),
    Occasion(
        Kind.GROUP,
        (Area.SAFETY, Area.RIGHTS),
        "police",
        "Jauniešu saruna ar inspektoru par drošību.",
        "jauniešu istaba",
    ),
)
TALKS = (
    Occasion(
        MEETING,
        (Area.ORGANISATION,),
        "social",
        "Ikmēneša saruna par kopīgām ģimenēm, bez vārdiem.",
    ),
    Occasion(
        MEETING,
        (Area.EDUCATION,),
        "school",
        "Ar skolas vadību vienojāmies, kā ziņot par kavējumiem.",
    ),
    Occasion(
        CALL, (Area.ORGANISATION,), "education", "Precizējām vecāku sapulces datumu."
    ),
    Occasion(
        MEETING,
        (Area.CULTURE,),
        "culture",
        "Runājām par telpu bērnu nodarbībām.",
    ),
    Occasion(
        MEETING,
        (Area.SAFETY,),
        "police",
        "Inspektors lūdz palīdzēt skaidrot noteikumus jauniešiem.",
    ),
    Occasion(
        CALL, (Area.SOCIAL,), "society", "Biedrība var atvest ziemas apavus bērniem."
    ),
)
UNRECORDED = (
    Occasion(
        TALK, (Area.DOCUMENTS,), "", "Garāmgājēja jautāja, kur deklarēt dzīvesvietu."
    ),
    Occasion(HOME, (Area.SOCIAL,), "", "Ģimene vēl domā, vai drīkstu pierakstīt."),
    Occasion(CALL, (Area.EMPLOYMENT,), "", "Zvanīja par darbu, vārdu neteica."),
)
