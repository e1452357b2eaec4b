"""The levels and steps a newcomer school can begin with; in the school's own words, so Dutch."""

from checkin.domain.structure.steps import Level, Route, StructureStep

IN_SCHOOL = ("solved-in-class", "talked", "watched", "handed-on", "no-cause", "new-usual")
OUTSIDE = ("talked", "watched", "referred", "no-cause")

DEFAULT_LEVELS = (
    Level(
        1,
        "In de klas",
        "Kijken, praten met de klas, kleine aanpassingen in de dag.",
        "leerkracht",
        "De leerkracht praat met de klas en met een collega over wat opvalt in de groep.",
        "Eén regel bij het signaal in checkin; geen namen van leerlingen.",
    ),
    Level(
        2,
        "Met de intern begeleider",
        "Samen bespreken, meekijken in de klas, afspraken voor de komende weken.",
        "ib",
        "De intern begeleider praat met de leerkracht en de conciërge over de groep.",
        "De afspraak in de weekbespreking; wat over één kind gaat in het leerlingdossier.",
    ),
    Level(
        3,
        "Ondersteuningsteam",
        "Samen een plan maken, met ouders of voogd, zo nodig met een tolk.",
        "team",
        "Het ondersteuningsteam praat met de leerkracht en met ouders of voogd over het plan.",
        "Het plan in het leerlingdossier; in checkin alleen dat het gemaakt is.",
    ),
    Level(
        4,
        "Hulp van buiten",
        "Doorverwijzen, alleen als het echt nodig is en na het gesprek met ouders of voogd.",
        "team",
        "Het ondersteuningsteam praat met ouders of voogd, en daarna met de organisatie.",
        "De verwijzing en de toestemming in het leerlingdossier.",
    ),
)

DEFAULT_STEPS = (
    StructureStep(
        "in-de-klas",
        1,
        "Kijken en praten in de klas",
        "leerkracht",
        school_days=3,
        remind_after=2,
        escalates_to="ib",
        outcomes=IN_SCHOOL,
        first_steps=(
            "Kijk een dag extra goed: wanneer op de dag is het zwaar, en waar?",
            "Praat met de hele klas over de dag, met plaatjes als woorden nog ontbreken.",
            "Vraag de conciërge wat die bij de deur ziet.",
            "Geef rust: een vast begin, een vast einde, een moment om te bewegen.",
        ),
    ),
    StructureStep(
        "met-ib",
        2,
        "Contact met de leerkracht en samen bespreken",
        "ib",
        school_days=5,
        remind_after=3,
        escalates_to="team",
        interpreter=True,
        outcomes=IN_SCHOOL,
        first_steps=(
            "Bespreek met de leerkracht wat al geprobeerd is.",
            "Kijk een keer mee in de klas, bij het begin of het einde van de dag.",
            "Maak één afspraak voor de komende twee weken.",
        ),
    ),
    StructureStep(
        "in-het-team",
        3,
        "Bespreken in het ondersteuningsteam",
        "team",
        school_days=10,
        remind_after=7,
        escalates_to="directeur",
        parents_first=True,
        interpreter=True,
        outcomes=IN_SCHOOL,
        first_steps=(
            "Nodig ouders of voogd uit, met een tolk of sleutelpersoon als dat nodig is.",
            "Leg uit hoe hulp in Nederland werkt en wie wat te weten komt.",
            "Maak samen een plan en spreek af wanneer u terugkijkt.",
        ),
    ),
    StructureStep(
        "hulp-van-buiten",
        4,
        "Hulp van buiten zoeken",
        "team",
        school_days=10,
        remind_after=7,
        escalates_to="directeur",
        parents_first=True,
        own_consent=True,
        interpreter=True,
        outcomes=OUTSIDE,
        first_steps=(
            "Voer eerst het gesprek met ouders of voogd en vraag toestemming.",
            "Een leervraag gaat naar het samenwerkingsverband, "
            "een leefvraag naar het wijkteam of de GGD/JGZ.",
            "Spreek af wie contact houdt met het gezin.",
        ),
    ),
)

DEFAULT_ROUTES = (Route("", 0.0, "in-de-klas"), Route("heavy-start", 0.0, "met-ib"))
"""A class that is heavy from its first weeks is no surprise to its teacher: help comes at once."""
