"""The papers a school needs, filled in and ready to print: for the head, the care team and ICT."""

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from checkin.domain.access import may_see_papers
from checkin.domain.cards import CardSet, Style
from checkin.domain.words import DUTCH
from checkin.services.classrooms import get_school_of
from checkin.services.papers import facts_of
from checkin.web.access import signed_in
from checkin.web.language import locale
from checkin.web.leaflet import CODES, FIRST, SECOND, leaflet_in, leaflets
from checkin.web.papers_text import LANGUAGES, Paper, page_of
from checkin.web.pictures import picture_of
from checkin.web.pupil_words import vocabulary_of

blueprint = Blueprint("papers", __name__)


@blueprint.app_context_processor
def _for_templates() -> dict[str, bool]:
    """Let every page lead to the papers whoever may open them."""
    person = g.get("person")
    return {"sees_papers": person is not None and may_see_papers(person)}


@blueprint.get("/papers")
def index() -> ResponseReturnValue:
    """List the papers."""
    return render_template("papers/index.html", leaflets=leaflets())


@blueprint.get("/papers/<any(dpia, register, council):paper>")
def show(paper: str) -> ResponseReturnValue:
    """Show a paper filled in with the school's own facts, in Dutch or English."""
    asked = request.args.get("language", "")
    mine = str(locale().language)
    chosen = next((code for code in (asked, mine) if code in LANGUAGES), DUTCH)
    facts = facts_of(signed_in())
    page = page_of(Paper(paper), chosen, facts)
    other = next(code for code in LANGUAGES if code != chosen)
    return render_template(
        "papers/paper.html", paper=paper, page=page, language=chosen, other=other
    )


@blueprint.get("/papers/leaflet/<language>")
def leaflet(language: str) -> ResponseReturnValue:
    """Show the leaflet for parents in one language, with Dutch beside it."""
    if language not in CODES:
        abort(404)
    person = signed_in()
    return render_template(
        "papers/leaflet.html",
        leaflet=leaflet_in(language),
        dutch=leaflet_in(DUTCH),
        first=FIRST,
        second=SECOND,
        leaflets=leaflets(),
        school=get_school_of(person),
        facts=facts_of(person),
        feelings=CardSet.EIGHT.feelings,
        picture_of=picture_of,
        style=Style.FACES,
        word=vocabulary_of(person.school).find_word,
    )
