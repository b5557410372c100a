"""Guards of docs/architecture.md: floors, rooms, sizes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.config import ROOT

PACKAGE = ROOT / "quizapp"
FLOORS = ("core", "accounts", "ledgers", "laws", "questions", "campaigns", "attempts", "publicity", "reports")
#: Parts on one floor don't know each other.
NEIGHBOURS = {("attempts", "publicity"), ("publicity", "attempts")}
#: What any part may use beside the floors beneath it.
GROUND = {"errors", "extensions", "config"}
#: Rooms that decide from plain values: no Flask, no SQLAlchemy, not even through what they import.
PURE = (
    "attempts/identity.py",
    "attempts/scoring.py",
    "campaigns/drawing.py",
    "campaigns/sharing.py",
    "campaigns/rules.py",
    "core/cells.py",
    "core/clock.py",
    "core/documents.py",
    "core/identifiers.py",
    "core/network.py",
    "core/numbering.py",
    "core/numerals.py",
    "core/paragraphs.py",
    "core/pictures.py",
    "core/qr.py",
    "core/sheet_lines.py",
    "core/spreadsheets.py",
    "core/uploads.py",
    "core/wording.py",
    "core/workbook_child.py",
    "core/xls.py",
    "core/xlsx.py",
    "laws/changes.py",
    "laws/citations.py",
    "laws/statutes.py",
    "ledgers/checking.py",
    "ledgers/columns.py",
    "ledgers/files.py",
    "ledgers/found.py",
    "ledgers/headings.py",
    "ledgers/standing.py",
    "ledgers/tables.py",
    "ledgers/values.py",
    "ledgers/writing.py",
    "publicity/months.py",
    "publicity/activities/wanting.py",
    "publicity/kinds.py",
    "publicity/releases/addresses.py",
    "publicity/releases/duplicates.py",
    "publicity/targets/progress.py",
    "publicity/workflow.py",
    "questions/answers.py",
    "questions/asking.py",
    "questions/blanks.py",
    "questions/exporters/aiken.py",
    "questions/exporters/exported.py",
    "questions/exporters/formats.py",
    "questions/exporters/gift.py",
    "questions/exporters/moodle_xml.py",
    "questions/exporters/own_text.py",
    "questions/exporters/template.py",
    "questions/exporters/workbook.py",
    "questions/folding.py",
    "questions/gaps.py",
    "questions/importers/aiken.py",
    "questions/importers/beginning.py",
    "questions/importers/brackets.py",
    "questions/importers/case_numbers.py",
    "questions/importers/cases.py",
    "questions/importers/categories.py",
    "questions/importers/cell_options.py",
    "questions/importers/columns.py",
    "questions/importers/draft.py",
    "questions/importers/escapes.py",
    "questions/importers/files.py",
    "questions/importers/gift.py",
    "questions/importers/inside.py",
    "questions/importers/keyreader.py",
    "questions/importers/keys.py",
    "questions/importers/layout.py",
    "questions/importers/lines.py",
    "questions/importers/marks.py",
    "questions/importers/markup.py",
    "questions/importers/moodle_xml.py",
    "questions/importers/options.py",
    "questions/importers/outlook.py",
    "questions/importers/reader.py",
    "questions/importers/rows.py",
    "questions/importers/table.py",
    "questions/importers/text.py",
    "questions/importers/weights.py",
    "questions/kinds.py",
    "questions/parsed.py",
    "questions/validation.py",
    "questions/workflow.py",
    "reports/counts.py",
    "reports/closing/changes.py",
    "reports/closing/evidence_json.py",
    "reports/closing/files.py",
    "reports/closing/recounting.py",
    "reports/closing/screen_text.py",
    "reports/closing/verifying.py",
    "reports/figures/annual.py",
    "reports/figures/checking.py",
    "reports/figures/counted.py",
    "reports/figures/deriving.py",
    "reports/figures/formulas.py",
    "reports/figures/house_style.py",
    "reports/figures/indicators.py",
    "reports/figures/recomputing.py",
    "reports/figures/rules.py",
    "reports/printing/campaign_summary.py",
    "reports/printing/charts.py",
    "reports/printing/default_template.py",
    "reports/printing/filling.py",
    "reports/printing/page_setup.py",
    "reports/printing/period_table.py",
    "reports/printing/placeholders.py",
    "reports/printing/sheets.py",
    "reports/printing/tables.py",
    "reports/printing/template_check.py",
    "reports/printing/template_text.py",
    "reports/printing/workbook.py",
)
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports_of(path: Path) -> Iterator[str]:
    """Dotted names of all that a file imports, also inside functions; ``from a import b`` gives a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_only_point_down(path: Path) -> None:
    place = path.relative_to(PACKAGE).parts
    if len(place) == 1:
        return  # what composes the parts stands above them all
    floor = FLOORS.index(place[0])
    for imported in imports_of(path):
        parts = imported.split(".")
        if parts[0] != "quizapp" or parts[1] in GROUND:
            continue
        assert FLOORS.index(parts[1]) <= floor, f"{name_of(path)} imports {imported}"
        assert (place[0], parts[1]) not in NEIGHBOURS


@pytest.mark.parametrize("name", PURE)
def test_pure_rooms_import_no_framework(name: str) -> None:
    path = PACKAGE / name
    allowed = {f"quizapp.{pure.removesuffix('.py').replace('/', '.')}" for pure in PURE}
    for imported in imports_of(path):
        assert imported.split(".")[0] not in {"flask", "sqlalchemy", "flask_wtf", "wtforms"}, imported
        if imported.startswith("quizapp."):
            known = imported in allowed or imported.rpartition(".")[0] in allowed
            assert known, f"{name} imports {imported}, which is no pure room"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_selects_stand_in_queries_only(path: Path) -> None:
    if (
        path.name.endswith("queries.py") or path.name == "journal.py"
    ):  # the journal's INSERT … SELECT is one statement
        return
    assert not [one for one in imports_of(path) if one == "sqlalchemy.select"], name_of(path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_services_leave_the_commit_to_the_view_or_the_worker(path: Path) -> None:
    if path.name.endswith("views.py") or path.name in {"cli.py", "worker.py"}:
        return
    assert ".commit(" not in path.read_text(encoding="utf-8"), name_of(path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_settings_reader_reads_the_environment(path: Path) -> None:
    if path.name != "config.py":
        assert "os.environ" not in path.read_text(encoding="utf-8")
        assert "getenv" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            is_view = path.name.endswith("views.py")
            assert length <= (25 if is_view else 45), f"{name_of(path)}:{node.name} has {length} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_stay_small_and_hold_no_style_of_their_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    assert ' style="' not in text
    assert not re.search(r"\son[a-z]+=\"", text)


@pytest.mark.parametrize(
    "path", [one for one in (ROOT / "static" / "css").glob("*.css") if one.name != "base.css"], ids=str
)
def test_colours_are_named_in_base_css_only(path: Path) -> None:
    text = re.sub(r"#ffffff", "", path.read_text(encoding="utf-8"))  # paper is white in print
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", text)


def test_the_package_init_stays_a_page() -> None:
    assert (PACKAGE / "__init__.py").read_text(encoding="utf-8").count("\n") < 80


def test_no_room_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "handler", "common", "misc", "data"}
    assert not [path for path in FILES if path.stem in vague]
