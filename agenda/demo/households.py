"""Invented families: how mediators call them and what they note about them."""

# In the order of the mediators; the first place has codes up to UPC-022
LABELS = (
    (
        *("Ozolu ģimene", "Liepu ģimene", "Bērziņu ģimene", "Egļu ģimene"),
        *("Kļavu ģimene", "Priežu ģimene", "Lazdu ģimene", "Sērmūkšļu ģimene"),
        *("Kārkliņu ģimene", "Cielavu ģimene", "Bezdelīgu ģimene", "Magoņu ģimene"),
        *("Gulbju ģimene", "Ceriņu ģimene", "Kumelīšu ģimene"),
        *("Māja ar zilajiem vārtiem", "Kadiķu ģimene", "Stirnu ģimene"),
        *("Dāliju ģimene", "Cīruļu ģimene", "Alkšņu ģimene", "Kārklu ielas ģimene"),
    ),
    (
        *("Vizbuļu ģimene", "Baložu ģimene", "Žagatu ģimene", "Miežu ģimene"),
        *("Lakstīgalu ģimene", "Asteru ģimene", "Bebru ģimene", "Dzirnavnieki"),
        *("Plūmju ģimene", "Irbju ģimene", "Jasmīnu ģimene", "Ežu ģimene"),
        "Saulīšu ģimene",
    ),
    (
        *("Kaiju ģimene", "Smilgu ģimene", "Neļķu ģimene", "Zvaigžņu ģimene"),
        *("Vāveru ģimene", "Ošu ģimene", "Māja pie bākas", "Mētru ģimene"),
        *("Auzu ģimene", "Viršu ģimene"),
    ),
    (
        *("Svēteļu ģimene", "Vārpu ģimene", "Dzeņu ģimene", "Zīlīšu ģimene"),
        *("Pūčulēnu ģimene", "Tauriņu ģimene", "Maijpuķu ģimene", "Skudru ģimene"),
        "Samteņu ģimene",
    ),
    (
        *("Dzeguzīšu ģimene", "Madaru ģimene", "Lūšu ģimene", "Paparžu ģimene"),
        *("Sniedzīšu ģimene", "Rudzupuķu ģimene", "Kamoliņu ģimene", "Ūdru ģimene"),
    ),
)

STREETS = (
    *("Dārza iela", "Jaunā iela", "Ziedu iela", "Avotu iela", "Mežmalas iela"),
    *("Ganību iela", "Pļavu iela", "Dzelzceļa iela", "Noliktavas iela", "Klusā iela"),
)

NOTES = (
    "Zvanīt pēc plkst. 17, pa dienu strādā.",
    "Vecākā meita labi lasa latviski un palīdz vecākiem ar vēstulēm.",
    "Suns pagalmā, pirms atnākšanas piezvanīt.",
    "Runāt romu valodā, vecmāmiņa latviski saprot maz.",
    "Ziemā bērni guļ pie vecvecākiem, jo tur ir siltāk.",
    "Tēvs strādā ārzemēs, mājās būs Ziemassvētkos.",
    "Vēlas, lai sarunās piedalītos arī vīramāte.",
    "Telefonu maina bieži, jautāt kaimiņienei.",
    "",
    "",
    "",
    "",
)
