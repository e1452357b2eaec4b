"""The structure a newcomer school begins with; in the school's own words, so Dutch."""

from checkin.domain.structure.around import Meeting, Rhythm
from checkin.domain.structure.default_partners import DEFAULT_ACUTE, DEFAULT_REFERRALS
from checkin.domain.structure.default_steps import DEFAULT_LEVELS, DEFAULT_ROUTES, DEFAULT_STEPS
from checkin.domain.structure.roles import Scope, StructureRole
from checkin.domain.structure.whole import Structure

DEFAULT_STRUCTURE = Structure(
    vision=(
        "Wij zorgen voor een veilige plek waar iedere leerling gezien wordt. We kijken eerst in de "
        "klas, praten met elkaar en met ouders of voogd, en verwijzen alleen door als het nodig is."
    ),
    roles=(
        StructureRole("leerkracht", "Leerkracht of mentor", Scope.CLASSROOM),
        StructureRole("conciërge", "Pedagogisch conciërge"),
        StructureRole("ib", "Intern begeleider"),
        StructureRole("team", "Ondersteuningsteam"),
        StructureRole("directeur", "Directeur"),
        StructureRole("aandacht", "Aandachtsfunctionaris"),
        StructureRole("vertrouwen", "Vertrouwenspersoon"),
        StructureRole("smw", "Schoolmaatschappelijk werk"),
        StructureRole("okt", "Ouder- en kindadviseur (OKT)"),
        StructureRole("jgz", "Jeugdverpleegkundige"),
    ),
    levels=DEFAULT_LEVELS,
    steps=DEFAULT_STEPS,
    meetings=(
        Meeting("Weekbespreking", ("conciërge", "ib"), Rhythm(1)),
        Meeting("Ondersteuningsteam", ("ib", "team", "smw", "okt", "jgz"), Rhythm(6)),
    ),
    routes=DEFAULT_ROUTES,
    referrals=DEFAULT_REFERRALS,
    acute=DEFAULT_ACUTE,
)
