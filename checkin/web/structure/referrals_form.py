"""The form of the social map: whom one can turn to outside the school."""

from dataclasses import replace

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from checkin.domain.structure import Referral, ReferralKind, Section
from checkin.web.structure.choices import tick
from checkin.web.structure.fields import Around, Choices, Field, Kind, Typed
from checkin.web.structure.forms import SectionForm, Values, WrongField


def kinds(around: Around) -> Choices:
    """Return what one goes to an organisation with."""
    return [(kind.value, kind_word(kind)) for kind in ReferralKind]


def kind_word(kind: ReferralKind) -> str:
    """Name what one goes to an organisation with."""
    return {
        ReferralKind.LEARNING: gettext("a question about learning"),
        ReferralKind.LIVING: gettext("a question about living and growing up"),
        ReferralKind.SAFETY: gettext("safety"),
        ReferralKind.AROUND: gettext("people around the child"),
    }[kind]


def _typed(referral: Referral) -> Typed:
    return {
        "organisation": (referral.organisation,),
        "kind": (referral.kind.value,),
        "contact": (referral.contact,),
        "languages": (referral.languages,),
        "interpreter": tick(referral.interpreter),
        "days": (referral.days,),
        "answering_time": (referral.answering_time,),
        "checked_on": (referral.checked_on.isoformat() if referral.checked_on else "",),
        "checked_today": (),
    }


def _build(values: Values, around: Around) -> Referral:
    checked_on = around.today if values["checked_today"] else values["checked_on"]
    if checked_on and checked_on > around.today:
        raise WrongField("checked_on", gettext("This day is still to come."))
    return Referral(
        organisation=values["organisation"],
        kind=ReferralKind(values["kind"]),
        contact=values["contact"],
        languages=values["languages"],
        interpreter=values["interpreter"],
        days=values["days"],
        answering_time=values["answering_time"],
        checked_on=checked_on,
    )


REFERRALS = SectionForm(
    section=Section.REFERRALS,
    title=_("Social map: whom we turn to outside school"),
    lead=_(
        "A question about learning goes to the school partnership, one about living to the "
        "neighbourhood team or youth health care. Look at every entry once a year."
    ),
    fields=(
        Field("organisation", _("Organisation"), must=_("This needs a name.")),
        Field(
            "kind",
            _("We go there with"),
            Kind.CHOICE,
            must=_("Choose what you go there with."),
            choices=kinds,
        ),
        Field("contact", _("Whom we reach, and how"), hint=_("name, telephone, e-mail address")),
        Field("languages", _("Languages they speak")),
        Field("interpreter", _("They bring an interpreter themselves"), Kind.TICK),
        Field("days", _("When they are at school"), hint=_("for instance: Tuesday morning")),
        Field("answering_time", _("How soon they answer"), hint=_("for instance: 2 weeks")),
        Field("checked_on", _("Last checked on"), Kind.DAY),
        Field("checked_today", _("I looked today: this is right"), Kind.TICK),
    ),
    parts=lambda structure: structure.referrals,
    typed=_typed,
    build=_build,
    put=lambda structure, referrals: replace(structure, referrals=referrals),
    legend=lambda typed, around: next(iter(typed.get("organisation", ())), ""),
    brief=lambda typed, around: next(iter(typed.get("contact", ())), ""),
    another=_("Add an organisation"),
    is_folded=True,
    key=lambda referral: referral.organisation,
)
