"""A table as a file to download."""

from collections.abc import Iterable, Sequence

from flask import Response, request

from checkin.services.exporting import Cell, Manner, write_table


def csv_answer(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """Answer with a table, written as the address asks; `name` is plain letters."""
    is_plain = request.args.get("manner") == Manner.PLAIN
    table = write_table(rows, Manner.PLAIN if is_plain else Manner.EXCEL)
    held = f'attachment; filename="{name}.csv"'
    return Response(table, mimetype="text/csv", headers={"Content-Disposition": held})
