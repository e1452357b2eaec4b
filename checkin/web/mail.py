"""Mail: whether it goes, when it is quiet, and what each person wants."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_review
from checkin.domain.mail_servers import read_server
from checkin.domain.mails import TALK_HOURS, Quiet, Trouble
from checkin.services import mailing
from checkin.web import mail_words, meanwhile
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.mail_quiet import QuietForm, form_of, read_form
from checkin.web.mail_troubles import trouble_word

blueprint = Blueprint("mail", __name__)


blueprint.record(lambda setup: setup.app.extensions.update(checkin_mail_words=mail_words.write))


@blueprint.get("/mail")
def show() -> ResponseReturnValue:
    """Show whether mail goes out, and when it is quiet."""
    return _show(_quiet_now())


@blueprint.post("/mail/test")
def test() -> ResponseReturnValue:
    """Send a mail to whoever asks, at once, and say what came of it."""
    person = signed_in()
    if not mailing.is_set_up():
        flash(_("There is no mail server yet, so nothing was sent."), "wrong")
    elif trouble := mailing.send_test(person, now()):
        flash(_("The test did not go out: %(why)s", why=trouble_word(trouble)), "wrong")
    else:
        told = _(
            "Sent to %(address)s. Is it not there in a few minutes? Look in the spam folder.",
            address=person.email,
        )
        flash(told, "done")
    return redirect(url_for("mail.show"), 303)


@blueprint.post("/mail/quiet")
def choose_quiet() -> ResponseReturnValue:
    """Keep when the school gets no mail."""
    found = read_form(request.form)
    if isinstance(found, QuietForm):
        return _show(found), 400
    page = url_for("mail.show")
    if meanwhile.is_older("quiet", page, lambda: _facts(_quiet_now()), _facts(form_of(found))):
        return _show(form_of(found)), 409
    mailing.choose_quiet(signed_in(), found, now())
    flash(_("Saved."), "done")
    return redirect(url_for("mail.show"), 303)


@blueprint.get("/mail/mine")
def mine() -> ResponseReturnValue:
    """Show which mails a person gets, and which of them are a choice."""
    person = signed_in()
    return render_template(
        "mail/mine.html",
        is_set_up=mailing.is_set_up(),
        may_choose=may_review(person),
        wants_digest=mailing.wants_digest(person),
        talk_hours=TALK_HOURS,
    )


@blueprint.post("/mail/mine")
def choose_mine() -> ResponseReturnValue:
    """Keep whether a person wants the weekly overview."""
    mailing.choose_digest(signed_in(), request.form.get("digest") == "yes")
    flash(_("Saved."), "done")
    return redirect(url_for("mail.mine"), 303)


def _show(form: QuietForm) -> str:
    going = mailing.going_of(signed_in().school, now())
    return render_template(
        "mail/show.html",
        server=_server(),
        sender=current_app.extensions["checkin_config"].mail_from,
        going=going,
        why=_why(going.trouble),
        why_given_up=_why(going.given_up_trouble),
        form=form,
        usual=form_of(Quiet()),
        seen=meanwhile.seen_of("quiet", _facts(_quiet_now())),
    )


def _quiet_now() -> QuietForm:
    return form_of(mailing.quiet_of(signed_in().school))


def _facts(form: QuietForm) -> list[meanwhile.Fact]:
    """Return what the form shows."""
    return [
        meanwhile.text_of(_("Quiet from"), form.begins),
        meanwhile.text_of(_("Quiet until"), form.ends),
    ]


def _server() -> str:
    url = current_app.extensions["checkin_config"].smtp_url
    return str(read_server(url)) if url else ""


def _why(trouble: str) -> str:
    return trouble_word(Trouble(trouble)) if trouble else ""
