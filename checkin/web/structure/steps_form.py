"""The form of the steps."""

from dataclasses import replace

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from checkin.domain.flags import Outcome
from checkin.domain.structure import Section, Structure, StructureStep
from checkin.web.flag_words import outcomes
from checkin.web.structure.choices import (
    A_NAME,
    A_ROLE,
    known_or_new,
    label_of,
    named,
    roles_of,
    steps_of,
    tick,
)
from checkin.web.structure.fields import Around, Field, Kind, Typed
from checkin.web.structure.forms import SectionForm, Values, WrongField

LONGEST_DEADLINE = 40


def _type_step(step: StructureStep) -> Typed:
    return {
        "id": (step.id,),
        "label": (step.label,),
        "level": (str(step.level),),
        "owner": (step.owner,),
        "school_days": (str(step.school_days),),
        "remind_after": ("" if step.remind_after is None else str(step.remind_after),),
        "escalates_to": (step.escalates_to,),
        "parents_first": tick(step.parents_first),
        "own_consent": tick(step.own_consent),
        "interpreter": tick(step.interpreter),
        "outcomes": step.outcomes,
        "first_steps": ("\n".join(step.first_steps),),
    }


def _build_step(values: Values, around: Around) -> StructureStep:
    remind_after, school_days = values["remind_after"], values["school_days"]
    if remind_after is not None and remind_after >= school_days:
        told = gettext("A reminder comes before the last day. Leave it empty for none.")
        raise WrongField("remind_after", told)
    return StructureStep(
        id=known_or_new(values["id"], steps_of(around)),
        level=int(values["level"]),
        label=values["label"],
        owner=values["owner"],
        school_days=school_days,
        remind_after=remind_after,
        escalates_to=values["escalates_to"],
        parents_first=values["parents_first"],
        own_consent=values["own_consent"],
        interpreter=values["interpreter"],
        outcomes=values["outcomes"],
        first_steps=values["first_steps"],
    )


def _put_steps(structure: Structure, steps: tuple[StructureStep, ...]) -> Structure:
    return replace(structure, steps=named(tuple(s.id for s in structure.steps), steps))


def _owner(typed: Typed, around: Around) -> str:
    labels = dict(roles_of(around))
    return next((labels[id] for id in typed.get("owner", ()) if id in labels), "")


STEPS = SectionForm(
    section=Section.STEPS,
    title=_("Steps: who does what, and by when"),
    lead=_("Days are school days of the class: weekends and holidays do not count."),
    fields=(
        Field("label", _("What is done"), must=A_NAME),
        Field(
            "level",
            _("Level"),
            Kind.CHOICE,
            must=_("Choose a level."),
            choices=lambda around: [
                (str(level.order), f"{level.order}. {level.label}")
                for level in around.structure.levels
            ],
        ),
        Field("owner", _("Done by"), Kind.CHOICE, must=A_ROLE, choices=roles_of),
        Field(
            "school_days",
            _("Within how many school days"),
            Kind.NUMBER,
            hint=_("0 is the same day"),
            must=_("Say within how many school days."),
            most=LONGEST_DEADLINE,
        ),
        Field(
            "remind_after",
            _("Reminder after how many school days"),
            Kind.NUMBER,
            hint=_("empty is no reminder"),
            most=LONGEST_DEADLINE,
        ),
        Field("escalates_to", _("If it is not done, it goes to"), Kind.CHOICE, choices=roles_of),
        Field("parents_first", _("Only after the talk with parents or guardian"), Kind.TICK),
        Field("own_consent", _("Pupils of 16 and over agree themselves"), Kind.TICK),
        Field("interpreter", _("Ask whether an interpreter or key person is needed"), Kind.TICK),
        Field(
            "outcomes",
            _("How it can end"),
            Kind.TICKS,
            choices=lambda around: outcomes(tuple(Outcome)),
        ),
        Field(
            "first_steps",
            _("What one can try first"),
            Kind.LINES,
            hint=_("One suggestion a line. They are shown with every flag that starts here."),
        ),
    ),
    parts=lambda structure: structure.ordered_steps,
    typed=_type_step,
    build=_build_step,
    put=_put_steps,
    legend=label_of,
    brief=_owner,
    another=_("Add a step"),
    is_folded=True,
    key=lambda step: step.id,
)
