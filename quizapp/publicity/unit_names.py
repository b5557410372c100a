"""Units as ledgers name them: 东关村, or 城关镇/东关村 where several are named so."""

import re
from collections import Counter
from collections.abc import Sequence

from quizapp.accounts.models import Unit
from quizapp.ledgers.values import BadCell, fold_cell

Path = tuple[str, ...]
ABSENT = "没有这个单位，或者不归您填报。请写系统中的单位名称。"


class UnitNames:
    """Units by their names. ``own`` is the one unit that an empty cell means, if there is one.

    Closed ones are none, unless ``with_closed`` says that they may be named.
    """

    def __init__(
        self, units: Sequence[tuple[Unit, int]], own: int | None = None, with_closed: bool = False
    ) -> None:
        self._own = own
        self._by_name: dict[str, list[tuple[Path, int]]] = {}
        paths: dict[int | None, Path] = {}
        for unit, _ in units:
            paths[unit.id] = (*paths.get(unit.parent_id, ()), fold_cell(unit.name))
            if with_closed or not unit.closed:
                self._by_name.setdefault(paths[unit.id][-1], []).append((paths[unit.id], unit.id))

    def find(self, text: str, absent: str = ABSENT) -> int:
        """The id of the unit that a cell names. Raises BadCell where it is none (``absent``) or several."""
        wanted = tuple(part for part in re.split(r"[/\\>→]", fold_cell(text)) if part)
        if not wanted:
            if self._own is None:
                raise BadCell("请写明是哪个单位。")
            return self._own
        named = self._by_name.get(wanted[-1], ())
        found = [unit_id for path, unit_id in named if path[-len(wanted) :] == wanted]
        if len(found) > 1:
            raise BadCell("有几个单位叫这个名称。请连同它的上级一起写，如“城关镇/东关村”。")
        if not found:
            raise BadCell(absent)
        return found[0]


def label_units(units: Sequence[tuple[Unit, int]]) -> dict[int, str]:
    """The units' names as ``UnitNames`` reads them: with the unit above where several are named so."""
    names = {unit.id: unit.name for unit, _ in units}
    repeated = Counter(names.values())
    return {
        unit.id: f"{names[unit.parent_id]}/{unit.name}"
        if repeated[unit.name] > 1 and unit.parent_id in names
        else unit.name
        for unit, _ in units
    }
