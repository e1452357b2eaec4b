"""How each rule looks, for people who want to know why it told or kept silent."""

from flask_babel import gettext as _


def how(pattern: str) -> tuple[str, str]:
    """Say how a rule looks, and when it tells nothing."""
    return {
        "sustained-rise": (
            _(
                "Every day the rule asks what fits better: that this day is as usual, or that "
                "heavy cards have become twice as likely. Days that fit the rise add up; a day as "
                "usual takes away. When enough has added up, it tells."
            ),
            _("Two or three heavier days are often not enough, in a small class even less."),
        ),
        "slow-drift": (
            _(
                "It looks for a smaller rise over more weeks, lets no single day count for much, "
                "and compares with a usual from longer ago."
            ),
            _("After a rise that was told it keeps silent for eight weeks: it would be the same."),
        ),
        "sudden-day": (
            _(
                "It compares one day with how much this class's days differ anyway. A class whose "
                "days differ a lot needs a more extreme day."
            ),
            _("In a class of ten pupils even half of them more may not stand out on one day."),
        ),
        "heavy-start": (
            _(
                "A class that is heavy from its first day has no lighter usual to compare with. "
                "So its first weeks, five school days at least, are held against the attention "
                "level of the school."
            ),
            _("It tells this once in a school year, and looks at the first thirty school days."),
        ),
        "day-shift": (
            _(
                "It compares check-out with check-in of the same class and the same days, and "
                "with how the two usually differ. In the picture check-in is the light half of "
                "a column and check-out the dark half."
            ),
            _(
                "A difference of less than ten points is not told, however long it lasts; where "
                "check-in has become heavier too, less than twenty."
            ),
        ),
        "weekday": (
            _(
                "It compares each day of the week with the other days of the same weeks, and "
                "needs at least three of them."
            ),
            _(
                "A difference of less than ten points is not told. A weekday that was told is not "
                "told again in the same half school year."
            ),
        ),
        "participation": (
            _(
                "It counts how many pupils tapped, not what they tapped, and knows the usual of "
                "check-in and of check-out apart. Rounds that were not shown count here too."
            ),
            _("If fewer pupils are in the class, change the class size: then it is right again."),
        ),
        "recovery": (
            _(
                "After a rise, a drift or a heavy start it waits for days that fit the time "
                "before better than the time of the flag."
            ),
            _("It is good news and no worry: it takes no place in the week and has no deadline."),
        ),
    }[pattern]
