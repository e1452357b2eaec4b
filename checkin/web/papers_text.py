"""The school's papers as Markdown with the school's facts in it, and as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from flask_babel import gettext as _
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from checkin.services.papers import BLANK, Facts, numbers

COMMENT = re.compile(r"[ \t]*<!--.*?-->")
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LANGUAGES = ("nl", "en")
FOLDER = Path(__file__).parent.parent / "templates" / "papers" / "texts"


class Paper(StrEnum):
    """A paper of the school; its value names its file and its address."""

    DPIA = "dpia"
    REGISTER = "register"
    COUNCIL = "council"


@dataclass(frozen=True)
class Page:
    """A paper as it is shown: its title, and the rest as HTML."""

    title: str
    body: Markup


def source_of(paper: Paper, language: str, facts: Facts) -> str:
    """Return a paper as Markdown, with comments that name what holds each claim."""
    return (
        _texts()
        .get_template(f"{paper}.{language}.md")
        .render(
            school=_filled(facts.school),
            heads=_filled(*facts.heads),
            care=_filled(*facts.care),
            **numbers(),
        )
    )


def page_of(paper: Paper, language: str, facts: Facts) -> Page:
    """Return a paper as HTML, without the comments."""
    title, body = COMMENT.sub("", source_of(paper, language, facts)).split("\n", 1)
    html = markdown_reader().render(body, {"label": _("Table")})
    return Page(title.removeprefix("# "), Markup(html))  # noqa: S704  # it escapes


def _filled(*names: str) -> str:
    """Join names as plain text of Markdown; a blank where there is none."""
    return ", ".join(PUNCTUATION.sub(r"\\\1", name) for name in names if name) or BLANK


@cache
def _texts() -> Environment:
    """Return the templates of the papers: Markdown, so nothing in them is escaped as HTML."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        keep_trailing_newline=True,
    )


def markdown_reader() -> MarkdownIt:
    """Return a renderer that takes no HTML, and puts tables into a box that scrolls."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _open_table)
    markdown.add_render_rule("table_close", _close_table)
    return markdown


def _open_table(
    renderer: RendererHTML, tokens: Sequence[Token], n: int, options: OptionsDict, env: EnvType
) -> str:
    box = Markup('<div class="table-box" tabindex="0" role="group" aria-label="{}">')
    return str(box.format(env["label"])) + renderer.renderToken(tokens, n, options, env)


def _close_table(
    renderer: RendererHTML, tokens: Sequence[Token], n: int, options: OptionsDict, env: EnvType
) -> str:
    return renderer.renderToken(tokens, n, options, env) + "</div>\n"
