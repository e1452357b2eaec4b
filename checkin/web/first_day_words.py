"""The lines of the first day in words: what, why, where it is done and by whom."""

from flask import current_app, g, url_for
from flask_babel import gettext as _

from checkin.services.first_day_things import Thing
from checkin.web.access import may_open, may_open_in

PLACES = {
    Thing.STRUCTURE: ("structure.draft", "structure.show"),
    Thing.ACUTE: ("structure.show",),
    Thing.TALK: ("talk_settings.show",),
    Thing.CALENDAR: ("calendar.show",),
    Thing.COUNCIL: ("papers.index",),
    Thing.FACTORS: ("factors.standings", "factors.show"),
    Thing.TEACHER: ("staff.show",),
    Thing.TABLET: ("school.tablets",),
    Thing.PARENTS: ("papers.index",),
    Thing.KNOWS: ("explaining.show",),
    Thing.TIMES: ("school.rituals",),
    Thing.LESSON: ("lesson.show",),
}
"""Where each is done: the first of these pages that the reader may open."""
OPEN = frozenset({"explaining.show"})


def place_of(thing: Thing, classroom: int | None = None) -> str:
    """Return the address where a thing is done, '' when the reader cannot go there."""
    for endpoint in PLACES.get(thing, ()):
        if endpoint not in current_app.view_functions:
            continue
        if endpoint in OPEN or may_open(endpoint, g.person):
            return url_for(endpoint)
        if classroom is not None and may_open_in(endpoint, g.person, classroom):
            return url_for(endpoint, classroom=classroom)
    return ""


def thing_word(thing: Thing) -> str:
    """Name a thing that is to be done."""
    return {
        Thing.STRUCTURE: _("The care structure is approved"),
        Thing.ACUTE: _("The card 'a child is not safe' is filled in"),
        Thing.TALK: _("Adults are named for 'I want to talk', or it is left off for now"),
        Thing.CALENDAR: _("The calendar is looked at: holidays, study days"),
        Thing.COUNCIL: _("The participation council is informed"),
        Thing.HTTPS: _("The address begins with https"),
        Thing.FACTORS: _("Whoever sees or keeps much has a second step when signing in"),
        Thing.BACKUP: _("A backup is made"),
        Thing.TEACHER: _("A teacher with an account has the class"),
        Thing.KNOWS: _("The teacher knows what a light says, and what it does not"),
        Thing.TIMES: _("Times and cards are looked at"),
        Thing.TABLET: _("A tablet is there and has downloaded everything"),
        Thing.PARENTS: _("Parents and guardians have the leaflet"),
        Thing.LESSON: _("The first lesson is held: the pupils know the cards"),
    }[thing]


def thing_help(thing: Thing) -> str:
    """Say why, or how."""
    return {
        Thing.STRUCTURE: _("Everybody then knows who does what, and by when."),
        Thing.ACUTE: _("It holds from the day the care structure is approved."),
        Thing.TALK: _("Off is a choice too: tick it when you made it."),
        Thing.CALENDAR: _("On a day without school nothing is expected of a class."),
        Thing.COUNCIL: _("The page for the council and the DPIA are under the school's papers."),
        Thing.HTTPS: _(
            "Without it, what pupils tap can be read on the network, and tablets keep nothing."
        ),
        Thing.FACTORS: _("Heads, care coordinators and administrators; two weeks at most."),
        Thing.BACKUP: _("With 'checkin backup' on the server, or by itself every night."),
        Thing.TEACHER: _("Invite the teacher, and give them this class."),
        Thing.KNOWS: _("Two pages of reading: how a light comes about."),
        Thing.TIMES: _("The times of each weekday, the cards for this age, the languages."),
        Thing.TABLET: _("Leave the cards open for a minute while the network works."),
        Thing.PARENTS: _("In pictures, and in their own language."),
        Thing.LESSON: _("Each pupil tried every card, and knows that nobody sees who tapped what."),
    }[thing]


def who_does(thing: Thing) -> str:
    """Say who does a thing that the reader cannot."""
    return {
        Thing.STRUCTURE: _("The care team and the head do this."),
        Thing.ACUTE: _("The care team and the head do this."),
        Thing.TALK: _("The care team does this, under 'Talk requests'."),
        Thing.HTTPS: _("Whoever keeps the server does this."),
        Thing.BACKUP: _("Whoever keeps the server does this."),
        Thing.TEACHER: _("An administrator does this."),
        Thing.TABLET: _("The head or an administrator does this."),
        Thing.PARENTS: _("The office or the head has the leaflet."),
    }.get(thing, "")
