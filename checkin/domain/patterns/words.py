"""One plain English sentence per pattern, built from its numbers alone."""

from checkin.domain.patterns.pattern import Pattern

_SENTENCES = {
    "sustained-rise": (
        "Since {since}, over {days} school days, {now} of the taps were on heavy feelings; {usual}."
    ),
    "sudden-day": "On {since}, {now} of the taps were on heavy feelings; {usual}.",
}
_ENDS = {"sustained-rise": (0.1, 0.9), "sudden-day": (0.2, 0.8)}


def in_tenths(share: float, least: float = 0.1, most: float = 0.9) -> float:
    """Round a share to a tenth; the ends stand for 'so little or less' and 'so much or more'."""
    return min(max(round(share, 1), least), most)


def sentence(pattern: Pattern) -> str:
    """Say what was noticed, for people who read no figures."""
    numbers = pattern.numbers
    now, usual = float(numbers["share_now"]), float(numbers["share_usual"])
    return _SENTENCES[pattern.pattern].format(
        since=numbers["since"],
        days=numbers["days"],
        now=_spoken(now, pattern.pattern),
        usual="a little more than usual in this classroom"
        if now <= usual
        else f"usual in this classroom is {_spoken(usual, pattern.pattern)}",
    )


def _spoken(share: float, name: str) -> str:
    least, most = _ENDS[name]
    percent = f"{share:.0%}"
    if share <= least:
        return f"{percent} or less"
    return f"{percent} or more" if share >= most else f"about {percent}"
