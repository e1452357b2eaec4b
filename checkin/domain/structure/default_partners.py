"""Whom a newcomer school can turn to, as it is to be filled in with contacts of its own."""

from checkin.domain.structure.around import AcuteCard, Referral, ReferralKind

_LEARNING, _LIVING = ReferralKind.LEARNING, ReferralKind.LIVING
_SAFETY, _AROUND = ReferralKind.SAFETY, ReferralKind.AROUND

DEFAULT_REFERRALS = (
    Referral("Samenwerkingsverband passend onderwijs", _LEARNING),
    Referral("Leerplicht", _LEARNING),
    Referral("Ouder- en kindteam (OKT)", _LIVING),
    Referral("Wijkteam", _LIVING),
    Referral("GGD/JGZ", _LIVING),
    Referral("Huisarts", _LIVING),
    Referral("Jeugdhulp/GGZ", _LIVING),
    Referral("Nidos (voogdij)", _LIVING),
    Referral("Gemeente", _LIVING),
    Referral("VluchtelingenWerk", _AROUND),
    Referral("Sleutelpersonen", _AROUND),
    Referral("Jongerenwerk en buurthuis", _AROUND),
    Referral("Kerk, moskee of sportvereniging", _AROUND),
    Referral("Wijkagent", _SAFETY),
    Referral("Veilig Thuis", _SAFETY, "0800-2000, dag en nacht", answering_time="direct"),
)

DEFAULT_ACUTE = AcuteCard(
    (
        "Direct gevaar: bel 112.",
        "Zorgen over veiligheid thuis: Veilig Thuis, 0800-2000, dag en nacht, ook voor advies.",
        "Volg de stappen van de meldcode; iedere medewerker mag bellen.",
        "Overleg met de aandachtsfunctionaris van de school.",
    )
)
