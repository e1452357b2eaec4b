"""One transaction on the open rounds."""

from checkin.storage.open_rounds.counting import Counting
from checkin.storage.open_rounds.releasing import Releasing


class OpenTransaction(Counting, Releasing):
    """What tapping and sealing can do, wholly or not at all."""
