"""One plain English sentence per pattern, built from its numbers alone."""

from checkin.domain.patterns.pattern import Pattern

_WEEKDAYS = (
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
)
_SENTENCES = {
    "sustained-rise": (
        "Since {since}, over {days} school days, {now} of the taps were on heavy feelings; {usual}."
    ),
    "slow-drift": (
        "Little by little, since about {since}, more taps were on heavy feelings: over {days}"
        " school days {now}; {usual}."
    ),
    "sudden-day": "On {since}, {now} of the taps were on heavy feelings; {usual}.",
    "day-shift": (
        "Since {since}, over {days} school days, {now} of the taps at check-out were on heavy"
        " feelings and {check_in} at check-in; at check-out {usual}."
    ),
    "weekday": (
        "On {weekday} since {since}, {days} times, {now} of the taps were on heavy feelings;"
        " on the other days of those weeks {usual_share}."
    ),
    "participation": (
        "Since {since}, over {days} school days, {now} of the pupils tapped; {usual}."
    ),
    "heavy-start": (
        "In the first {days} school days, from {since}, {now} of the taps were on heavy feelings;"
        " the school's attention level is {attention}."
    ),
    "recovery": (
        "Good news: since {since}, over {days} school days, {now} of the taps were on heavy"
        " feelings, after {raised} when this was told on {told_on}."
    ),
}
_ENDS = {"sudden-day": (0.2, 0.8)}
_MORE, _FEWER = (
    "a little more than usual in this classroom",
    "a little fewer than usual in this classroom",
)


def sentence(pattern: Pattern) -> str:
    """Say what was noticed, for people who read no figures."""
    numbers, name = pattern.numbers, pattern.pattern
    known = {key: _spoken(float(numbers[key]), name) for key in numbers if key[:6] == "share_"}
    return _SENTENCES[name].format(
        since=numbers["since"],
        days=numbers["days"],
        now=known["share_now"],
        usual=_beside_usual(pattern, known["share_usual"]),
        usual_share=known["share_usual"],
        check_in=known.get("share_check_in"),
        raised=known.get("share_raised"),
        told_on=numbers.get("told_on"),
        attention=f"{float(numbers.get('attention', 0)):.0%}",
        weekday=_WEEKDAYS[int(numbers.get("weekday", 0))],
    )


def _beside_usual(pattern: Pattern, usual: str) -> str:
    """Set no two equal shares against each other."""
    fewer = pattern.pattern == "participation"
    now, before = float(pattern.numbers["share_now"]), float(pattern.numbers["share_usual"])
    if now >= before if fewer else now <= before:
        return _FEWER if fewer else _MORE
    return f"usual in this classroom is {usual}"


def _spoken(share: float, name: str) -> str:
    least, most = _ENDS.get(name, (0.1, 0.9))
    percent = f"{share:.0%}"
    if share <= least:
        return f"{percent} or less"
    return f"{percent} or more" if share >= most else f"about {percent}"
