"""What a plan makes of what is changed until its day, told where it is changed."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.class_changes import Change, ChangeKind
from checkin.domain.school import Classroom
from checkin.services import class_years
from checkin.services.class_years import Becoming
from checkin.services.classrooms import find_classroom, follows_teachers_of
from checkin.web.access import signed_in
from checkin.web.language import day


def pupils_told(classroom: Classroom) -> str:
    """Say how many pupils there are from the day of a plan on, '' without one."""
    told = (
        ngettext(
            "By the plan %(name)s has %(num)s pupil from %(day)s on.",
            "By the plan %(name)s has %(num)s pupils from %(day)s on.",
            its.pupils,
            name=its.after.name,
            day=day(plan.day),
        )
        for plan, its in _becoming(classroom)
        if its.after is not None and its.pupils is not None
    )
    return " ".join(told)


def name_told(classroom: Classroom, name: str) -> str:
    """Say under which other name a class goes on from the day of a plan on, '' under none."""
    told = (
        _("By the plan it is called %(name)s from %(day)s on.", name=its.after.name, day=day(p.day))
        for p, its in _becoming(classroom)
        if its.after is not None and p.kind.ends_the_old and its.after.name != name
    )
    return " ".join(told)


def teachers_told(classroom: Classroom) -> str:
    """Say who else teaches from the day of a plan on, where that was chosen, '' without one."""
    told = (
        _(
            "By the plan %(name)s has these teachers from %(day)s on: %(teachers)s. You change that"
            " on its own page, by way of the plan.",
            name=its.after.name,
            day=day(p.day),
            teachers=", ".join(its.teachers) or _("nobody yet"),
        )
        for p, its in _becoming(classroom)
        if its.after is not None and not its.goes_on and not its.follows
    )
    return " ".join(told)


def plan_of(classroom: Classroom) -> dict[str, Any]:
    """Return what the page of a class tells of the plans it is part of."""
    person = signed_in()
    coming = [o for o in class_years.list_coming(person) if classroom.id in o.change.touches]
    plan = next((one for one in coming if classroom.id in one.change.begins), None)
    before = plan.change.comes_from(classroom.id) if plan else ()
    sources = [one for id in before if (one := find_classroom(person, id)) is not None]
    rows = plan.becoming if plan else ()
    its = next((one for one in rows if one.after and one.after.id == classroom.id), None)
    follows = follows_teachers_of(classroom)
    return {
        "coming": coming,
        "plan": plan,
        "sources": sources,
        "pupils": its.pupils if its is not None else classroom.pupils,
        "pupils_told": _counted(plan.change, its, sources) if plan and its else "",
        "follows": [one.name for one in sources if one.id in follows],
        "may_change": classroom.closed_on is None
        and all(one.change.kind is ChangeKind.YEAR for one in coming),
    }


def _counted(plan: Change, its: Becoming, sources: list[Classroom]) -> str:
    names = ", ".join(one.name for one in sources)
    if not its.is_said:
        return _(
            "As many as %(names)s has then; another number holds once you save it.", names=names
        )
    if plan.kind is ChangeKind.MERGE:
        return _("Who comes to %(names)s or leaves until then is added or taken off.", names=names)
    return _("This number was said: it holds, whoever comes or leaves until then.")


def _becoming(classroom: Classroom) -> Iterator[tuple[Change, Becoming]]:
    for plan in class_years.plans_of(classroom):
        for its in class_years.becoming_of(plan):
            if its.is_still_so and classroom.id in {one.id for one in its.before}:
                yield plan, its
