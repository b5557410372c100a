"""Rows of an import as the preview shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import Field

from quizapp.ledgers import queries
from quizapp.ledgers.columns import Column
from quizapp.ledgers.forms import RowForm, row_form_of
from quizapp.ledgers.models import LedgerImport, LedgerRow
from quizapp.ledgers.standing import IMPORTABLE, Standing


@dataclass(frozen=True)
class ShownRow:
    """One row for the page: what it says, and what of it can be mended on the spot."""

    row: LedgerRow
    #: The cells that hold something, under their headings.
    pairs: Sequence[tuple[str, str]]
    #: What is to be said of the row as a whole.
    remarks: Sequence[str]
    #: None where nothing can be mended here.
    form: RowForm | None
    #: Of the form, what has a problem.
    fields: Sequence[Field]


@dataclass(frozen=True)
class Summary:
    """An import in figures."""

    counts: Mapping[Standing, int]
    #: Rows that a confirmation would write.
    importable: int
    #: Another import of the very same file.
    same_file: LedgerImport | None


def summarise(begun: LedgerImport) -> Summary:
    """The figures of an import as it stands now."""
    counts = queries.count_by_standing(begun.id)
    importable = sum(counts.get(standing, 0) for standing in IMPORTABLE)
    return Summary(counts, importable, queries.find_import_of_file(begun))


def show_rows(columns: Sequence[Column], rows: Sequence[LedgerRow]) -> list[ShownRow]:
    """The rows of one page."""
    form = row_form_of(columns)
    return [_show(columns, row, form) for row in rows]


def _show(columns: Sequence[Column], row: LedgerRow, form_class: type[RowForm]) -> ShownRow:
    names = {column.name for column in columns}
    at_fields = [column.name for column in columns if column.name in row.problems]
    form = None
    if at_fields and row.standing == Standing.FAULTY:
        form = form_class(row.cells, prefix=prefix_of(row), formdata=None)
        form.tell(row.problems)
    return ShownRow(
        row=row,
        pairs=[(column.name, row.cells[column.name]) for column in columns if row.cells.get(column.name)],
        remarks=[f"{name} {told}".strip() for name, told in row.problems.items() if name not in names],
        form=form,
        fields=[form.by_column[name] for name in at_fields] if form else [],
    )


def prefix_of(row: LedgerRow) -> str:
    """What begins the names of a row's fields where several rows stand on one page."""
    return f"r{row.position}-"
