"""Without the noise: how many answers must be known until a light makes another one certain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkin.domain.release import Light
from tools.audit_release.rule import SIZES, Rule


@dataclass(frozen=True)
class Disclosure:
    """The lights of a round of `m`, and the fewest known answers that give one more away."""

    m: int
    heavy: dict[Light, tuple[int, ...]]
    fewest: dict[Light, int]

    @property
    def first(self) -> int:
        """Return the fewest over all lights."""
        return min(self.fewest.values())


def disclosures(rule: Rule, sizes: Sequence[int] = SIZES) -> list[Disclosure]:
    """Return what each size of round gives away."""
    return [_disclosure(rule, m) for m in sizes]


def _disclosure(rule: Rule, m: int) -> Disclosure:
    sets = dict(rule.heavy_of(m))
    return Disclosure(m, sets, {light: _fewest(m, heavy) for light, heavy in sets.items()})


def _fewest(m: int, heavy: tuple[int, ...]) -> int:
    """Return the fewest known answers with which this light makes another one certain."""
    for known in range(m):
        if any(_is_certain(m, heavy, known, sad) for sad in range(known + 1)):
            return known
    return m


def _is_certain(m: int, heavy: tuple[int, ...], known: int, sad: int) -> bool:
    """Tell whether all unknown answers must be the same: with `sad` of the known ones heavy.

    Unknown answers are alike to whoever knows nothing of them, so one is certain when all are.
    """
    rest = set(_rests(m, heavy, known, sad))
    return rest in ({0}, {m - known})


def _rests(m: int, heavy: tuple[int, ...], known: int, sad: int) -> Iterator[int]:
    for all_heavy in heavy:
        if 0 <= all_heavy - sad <= m - known:
            yield all_heavy - sad
