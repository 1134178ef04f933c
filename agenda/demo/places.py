"""Invented municipalities and the institutions in them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A municipality of the demo; ``families`` counts those of each month per mediator.

    The counts run over the months that are over, so that results have a shape.
    """

    prefix: str
    slug: str
    name: str
    genitive: str
    region: str
    tile: tuple[int, int]
    preschool: str
    practice: str
    deputy_mayor: str
    deputy_mayor_post: str
    families: tuple[tuple[int, ...], ...]
    town_parts: tuple[str, ...]

    @property
    def atvk(self):
        """A code that no register of Latvia gives out."""
        return f"DEMO-{self.prefix}"

    @property
    def domain(self):
        return f"{self.slug}.example"


PLACES = (
    Place(
        prefix="UPC",
        slug="upesciems",
        name="Upesciems",
        genitive="Upesciema",
        region="vidzeme",
        tile=(0, 2),
        preschool="Varavīksne",
        practice="Veselības pagalms",
        deputy_mayor="Andris Zālītis",
        deputy_mayor_post="domes priekšsēdētāja vietnieks",
        families=((9, 9, 11, 9, 11, 10, 15, 14, 17),),
        town_parts=("centrs", "Stacijas puse", "Pārupe", "Dzirnavu kalns"),
    ),
    Place(
        prefix="KLM",
        slug="kalnamuiza",
        name="Kalnamuiža",
        genitive="Kalnamuižas",
        region="latgale",
        tile=(1, 3),
        preschool="Lāsīte",
        practice="Pie parka",
        deputy_mayor="Anita Rubene",
        deputy_mayor_post="domes priekšsēdētāja vietniece",
        families=((6, 7, 9, 9, 10, 11, 12, 12, 13),),
        town_parts=("centrs", "Pilskalns", "Ezermala", "Linu fabrikas ciemats"),
    ),
    Place(
        prefix="DZK",
        slug="dzintarkrasts",
        name="Dzintarkrasts",
        genitive="Dzintarkrasta",
        region="kurzeme",
        tile=(1, 0),
        preschool="Jūraszvaigznīte",
        practice="Ostas prakse",
        deputy_mayor="Modris Lejasmeiers",
        deputy_mayor_post="domes priekšsēdētāja vietnieks",
        families=((5, 6, 7, 7, 8, 8, 8, 9, 9), (4, 5, 5, 6, 6, 7, 7, 8, 8)),
        town_parts=("Vecosta", "Zvejnieku ciems", "Kāpas", "Jaunbūves"),
    ),
    Place(
        prefix="VDM",
        slug="vidmale",
        name="Vidmale",
        genitive="Vidmales",
        region="zemgale",
        tile=(2, 1),
        preschool="Saulespuķe",
        practice="Vidus prakse",
        deputy_mayor="Laila Birzniece",
        deputy_mayor_post="domes priekšsēdētāja vietniece",
        families=((7, 8, 8, 7, 7, 6, 6, 5, 5),),
        town_parts=("centrs", "Tirgus laukums", "Cukurfabrika"),
    ),
)

CONTRACTS = {
    "UPC": ((4, "MUNICIPALITY"),),
    "KLM": ((8, "KM_CERV"),),
    "DZK": ((6, "ESF_PLUS"),),
    "VDM": ((4, "MUNICIPALITY"), (4, "ESF_PLUS")),
}
"""Hours a day of the mediators of a place, and who pays them: one contract or several,
which are eight hours together at most."""


@dataclass(frozen=True)
class Template:
    """An institution that each place has, with the posts of those who answer there.

    ``name`` may hold ``{genitive}``, ``{preschool}`` and ``{practice}``; a post in
    the masculine form is marked by True.
    """

    key: str
    name: str
    type: str
    posts: tuple[tuple[str, bool], ...]


INSTITUTIONS = (
    Template(
        "school",
        "{genitive} pamatskola",
        "SCHOOL_PRIMARY",
        (
            ("sociālā pedagoģe", False),
            ("direktora vietnieks", True),
            ("klases audzinātāja", False),
        ),
    ),
    Template(
        "secondary",
        "{genitive} vidusskola",
        "SCHOOL_SECONDARY",
        (("klases audzinātājs", True), ("psiholoģe", False)),
    ),
    Template(
        "preschool",
        "Bērnudārzs „{preschool}”",
        "PII",
        (("vadītāja", False),),
    ),
    Template(
        "social",
        "Sociālais dienests",
        "SOCIAL_SERVICE",
        (
            ("sociālā darbiniece darbam ar ģimeni un bērniem", False),
            ("vadītāja", False),
        ),
    ),
    Template(
        "jobs", "NVA {genitive} filiāle", "NVA", (("nodarbinātības aģente", False),)
    ),
    Template(
        "housing", "Dzīvokļu daļa", "HOUSING_DEPT", (("dzīvokļu speciāliste", False),)
    ),
    Template(
        "police",
        "Pašvaldības policija",
        "MUNICIPAL_POLICE",
        (("nepilngadīgo lietu inspektors", True),),
    ),
    Template(
        "doctor",
        "Ģimenes ārsta prakse „{practice}”",
        "GP",
        (("ģimenes ārste", False), ("medicīnas māsa", False)),
    ),
    Template("culture", "Kultūras nams", "CULTURE_CENTRE", (("vadītāja", False),)),
    Template(
        "library",
        "{genitive} bibliotēka",
        "LIBRARY",
        (("bērnu literatūras nodaļas vadītāja", False),),
    ),
    Template("court", "Bāriņtiesa", "ORPHANS_COURT", (("bāriņtiesas locekle", False),)),
    Template(
        "documents",
        "PMLP {genitive} nodaļa",
        "PMLP",
        (("klientu apkalpošanas speciāliste", False),),
    ),
    Template(
        "education",
        "Izglītības pārvalde",
        "EDU_BOARD",
        (("izglītības speciālists", True),),
    ),
)

NATIONAL = Template(
    "society",
    "Biedrība „Kopā pa tiltu”",
    "NGO_OTHER",
    (("projektu vadītāja", False),),
)
"""An institution of the whole country."""
