"""The weekly review: one page, ten minutes, with the keyboard alone or without any script."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checkin.domain.decisions import LONGEST_LINE, DecisionKind
from checkin.services import caring, meeting, school_days, signing_in, talking
from checkin.services.caring import Review, Strip
from checkin.services.meeting import ThisWeek
from checkin.web import flag_page, navigation, review_words
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.clock import now
from checkin.web.light_grid import Block, GridWords, build_grid

STRIP = timedelta(days=27)
"""How far back the review shows each class."""
A_WEEK = timedelta(days=7)


@blueprint.get("/review")
def review() -> ResponseReturnValue:
    """Show the weekly page: what asks for a decision, and every class as a strip."""
    return show_review()


@blueprint.post("/review/meeting")
def begin_review() -> ResponseReturnValue:
    """Begin this week's review, or say anew who is there."""
    present = [int(id) for id in request.form.getlist("present") if id.isdecimal() and len(id) < 10]
    meeting.begin(signed_in().school, present, signed_in(), now())
    return redirect(url_for("care.review"), 303)


@blueprint.post("/review/end")
def end_review() -> ResponseReturnValue:
    """End this week's review: what was decided is on one sheet."""
    week = meeting.end(signed_in(), now())
    return redirect(url_for("care.decision_list", week=week), 303)


def show_review(
    problem: str = "", at: str = "", given: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """Show the page, with what could not be decided at which item and what was filled in."""
    navigation.show_as("care.review")
    school, instant, names = signed_in().school, now(), GridWords()
    found, week = caring.review_of(school, instant), meeting.this_week(school, instant)
    next_of = _next_of(found, week)
    rendered = render_template(
        "care/review.html",
        review=found,
        week=week,
        strips=[(strip, _lights_of(strip, names)) for strip in found.strips],
        talks=talking.find_counts(school, instant),
        next_of=next_of,
        today=flag_page.today(),
        in_a_week=flag_page.today() + A_WEEK,
        people=signing_in.list_staff(school),
        kinds=tuple(DecisionKind),
        letters=review_words.LETTERS,
        follow_ups=review_words.FOLLOW_UPS,
        longest_line=LONGEST_LINE,
        problem=problem,
        at=at,
        is_at_item=at in next_of or at == "other",
        given=given or {},
    )
    return rendered, status


def _next_of(review: Review, week: ThisWeek) -> Mapping[str, str]:
    """Return for every item of the page the one after it, where one goes on."""
    flags = (review.with_nobody, review.overdue, review.new, review.in_hand)
    items = [f"flag-{item.flag.id}" for group in flags for item in group]
    items += [f"decision-{one.id}" for one in week.to_follow]
    return dict(pairwise(_with_end(items)))


def _with_end(items: Sequence[str]) -> list[str]:
    return [*items, "decided"]


def _lights_of(strip: Strip, names: GridWords) -> tuple[Block, ...]:
    today = flag_page.today()
    days = school_days.days_between(strip.classroom.id, today - STRIP, today)
    return build_grid(strip.rounds, days, today, names)
