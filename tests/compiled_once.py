"""What was made of each template and each route, kept for the next app: every test has its own.

Without it a third of the time of a test of the web goes into addresses being compiled anew.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class CompiledOnce(BytecodeCache):
    """Compiled templates in memory, each by its place and its text."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill what is asked for, if it was compiled before."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key, bucket.checksum] = bucket.code


compiled_once = CompiledOnce()


def keep_routes() -> None:
    """Compile what builds the addresses of a rule once: it asks the rule that it is called for."""
    compile_builder = Rule._compile_builder
    kept: dict[tuple[object, ...], Callable[..., Any]] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        if rule.defaults:  # written into what is compiled, by a converter of that app
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_once  # type: ignore[method-assign]


keep_routes()
