"""What somebody typed before they were signed out: shown, and sent again by them alone."""

from flask import redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue

from checkin.web import kept_forms
from checkin.web.access import signed_in
from checkin.web.signing_in import blueprint

BY_THE_PAGE = frozenset(
    {"seen", "made_from", "next", "was", "edition", "rows", "handing", "closing", "giving"}
)
"""What a page puts into its forms by itself: nobody typed it."""


@blueprint.get("/sign-in/kept")
def kept() -> ResponseReturnValue:
    """Show what was typed, with one button to send it again."""
    found = kept_forms.find_kept(signed_in())
    if found is None:
        return redirect(to("home.staff"), 303)
    typed = [text for name, text in found.fields if text.strip() and name not in BY_THE_PAGE]
    return render_template("sign_in_kept.html", kept=found, typed=typed)
