"""It writes tables of which a spreadsheet works nothing out."""

import csv
import io
from datetime import date

import pytest

from checkin.services.exporting import Manner, write_table


def read(data: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
@pytest.mark.parametrize("manner", Manner)
def test_a_formula_is_text(begin: str, manner: Manner) -> None:
    written = write_table([[f"{begin}HYPERLINK(1)", "x"]], manner)
    cells = read(written, ";" if manner is Manner.EXCEL else ",")[0]
    assert cells == [f"'{begin}HYPERLINK(1)", "x"]


def test_excel_gets_a_mark_and_semicolons() -> None:
    assert write_table([["een", 3], ["b;c", date(2026, 11, 23)]]) == (
        '\ufeffeen;3\r\n"b;c";2026-11-23\r\n'.encode()
    )


def test_programs_get_commas_and_no_mark() -> None:
    assert write_table([["é", -3]], Manner.PLAIN) == "é,-3\r\n".encode()
