"""What the rules see, and how a school sets them."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services import rule_settings
from checkin.services.rule_settings import RuleSetting
from checkin.web import meanwhile
from checkin.web.access import may_open, signed_in
from checkin.web.clock import now
from checkin.web.pattern_pictures import FOOT, HEIGHT, WIDTH, Picture, picture_of
from checkin.web.pattern_words import PATTERNS, About, about
from checkin.web.pattern_words.how import how

blueprint = Blueprint("patterns", __name__)


@dataclass(frozen=True)
class Rule:
    """A rule on the page; the picture is None where the made-up class tells it nothing."""

    name: str
    about: About
    how: str
    silent: str
    picture: Picture | None


@dataclass(frozen=True)
class Choice:
    """A step of a setting, and how much it would have told, as a number and in words."""

    value: float
    label: str
    number: int
    told: str
    is_chosen: bool
    is_shipped: bool

    @property
    def word(self) -> str:
        """Say both, for the slider."""
        return f"{self.label}: {self.told}"


@blueprint.get("/patterns")
def show() -> ResponseReturnValue:
    """Explain every rule, with a picture the rule itself told something in."""
    drawn = rule_settings.pictures(signed_in().school)
    budget = rule_settings.budget_of(signed_in().school)
    rules = [
        Rule(
            name,
            about(name, budget),
            *how(name),
            picture_of(name, drawn[name]) if name in drawn else None,
        )
        for name in PATTERNS
    ]
    return render_template(
        "patterns/show.html",
        rules=rules,
        size=(WIDTH, HEIGHT, FOOT),
        may_set=may_open("patterns.settings", signed_in()),
    )


@blueprint.get("/patterns/settings")
def settings() -> ResponseReturnValue:
    """Show the settings, and what each would have told of this school's own rounds."""
    return _settings()


def _settings(
    problem: str = "", status: int = 200, typed: RuleSetting | None = None
) -> ResponseReturnValue:
    what_if = rule_settings.what_if(signed_in().school, now())
    chosen = typed or what_if.setting
    page = render_template(
        "patterns/settings.html",
        what_if=what_if,
        budgets=_budgets(what_if, chosen.budget),
        attentions=_attentions(what_if, chosen.attention),
        problem=problem,
        seen=meanwhile.seen_of("rules", _facts(what_if.setting)),
    )
    return page, status


@blueprint.post("/patterns/settings")
def choose() -> ResponseReturnValue:
    """Keep the chosen steps."""
    try:
        setting = RuleSetting(
            float(request.form.get("attention", "")), float(request.form.get("budget", ""))
        )
        page = url_for("patterns.settings")
        if meanwhile.is_older("rules", page, lambda: _facts(_setting_now()), _facts(setting)):
            return _settings(status=409, typed=setting)
        rule_settings.choose(signed_in(), setting, now())
    except ValueError:
        return _settings(_("Choose one of the steps on this page. Nothing was changed."), 400)
    flash(
        _(
            "Saved. The rules use it from their next look on, within the hour. What is past "
            "is not told once more."
        ),
        "done",
    )
    return redirect(url_for("patterns.settings"), 303)


def _setting_now() -> RuleSetting:
    return rule_settings.what_if(signed_in().school, now()).setting


def _facts(setting: RuleSetting) -> list[meanwhile.Fact]:
    """Return what the form of the rules shows."""
    attention = _("from %(share)s heavy cards", share=f"{setting.attention:.0%}")
    return [
        meanwhile.Fact(
            _("How soon do the rules tell?"),
            _budget_words().get(setting.budget, str(setting.budget)),
            setting.budget,
        ),
        meanwhile.Fact(_("From where on is a start heavy?"), attention, setting.attention),
    ]


def _budgets(what_if: rule_settings.WhatIf, chosen: float) -> list[Choice]:
    words = _budget_words()  # the label of the step as shipped says so itself
    return [
        Choice(step, words[step], flags, _flags(flags), step == chosen, is_shipped=False)
        for step, flags in what_if.by_budget.items()
    ]


def _budget_words() -> dict[float, str]:
    return {
        0.25: _("Only what is very clear"),
        0.5: _("Quieter"),
        1.0: _("As shipped"),
        2.0: _("Sooner, and more often for nothing"),
    }


def _attentions(what_if: rule_settings.WhatIf, chosen: float) -> list[Choice]:
    shipped = RuleSetting().attention
    return [
        Choice(
            step,
            _("from %(share)s heavy cards", share=f"{step:.0%}"),
            classes,
            _classes(classes),
            step == chosen,
            step == shipped,
        )
        for step, classes in what_if.by_attention.items()
    ]


def _flags(number: int) -> str:
    return ngettext("%(num)s flag", "%(num)s flags", number)


def _classes(number: int) -> str:
    return ngettext("%(num)s class", "%(num)s classes", number)
