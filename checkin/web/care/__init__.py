"""The care team's pages: the flags, one flag worked to its end, the weekly review."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask_babel import to_user_timezone

from checkin.web import flag_words, pattern_words, review_words

blueprint = Blueprint("care", __name__)


@blueprint.app_context_processor
def add_words() -> dict[str, Callable[..., Any]]:
    """Give templates what flags and decisions are called."""
    return {
        "words_of": pattern_words.words_of,
        "noticed_again": pattern_words.noticed_again,
        "title_of": pattern_words.title_of,
        "class_word": flag_words.class_word,
        "state_word": flag_words.state_word,
        "event_word": flag_words.event_word,
        "latest_word": flag_words.latest_word,
        "outcome_word": flag_words.outcome_word,
        "kept_back_word": flag_words.kept_back_word,
        "kind_word": review_words.kind_word,
        "follow_up_word": review_words.follow_up_word,
        "local": to_user_timezone,
    }


from checkin.web.care import (  # noqa: E402
    class_loop,  # noqa: F401  # the routes
    decisions,  # noqa: F401
    lists,  # noqa: F401
    review,  # noqa: F401
    steps,  # noqa: F401
)
