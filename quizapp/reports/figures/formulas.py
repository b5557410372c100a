"""Where an indicator's figure comes from, as plain values that can be kept as JSON. No database here."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeAlias


class Amount(StrEnum):
    """What of an activity is added up."""

    SESSIONS = "sessions"
    AUDIENCE = "audience"

    @property
    def label(self) -> str:
        """In Chinese, as staff read it."""
        return {Amount.SESSIONS: "场次", Amount.AUDIENCE: "受众人次"}[self]


class Operation(StrEnum):
    """How a figure is derived from others."""

    #: parts / whole × 100, in per cent, half up to one decimal.
    SHARE = "share"
    #: parts / whole, half up to one decimal.
    PER_HEAD = "per_head"
    #: The sum of the parts.
    SUM = "sum"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {Operation.SHARE: "占比", Operation.PER_HEAD: "人均", Operation.SUM: "合计"}[self]


@dataclass(frozen=True)
class OfActivities:
    """Confirmed activities of these kinds, or of kinds beneath them, that begin in the year."""

    #: ``ActivityKind.key``; none means every kind.
    kinds: tuple[str, ...] = ()
    amount: Amount = Amount.SESSIONS


@dataclass(frozen=True)
class OfMaterials:
    """Materials of a category handed out at confirmed activities, less what was corrected."""

    category: str


@dataclass(frozen=True)
class OfReleases:
    """Confirmed releases that appeared in the year; of these outlet levels, none means all."""

    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfParticipants:
    """Distinct participants with a submitted attempt in the year, summed over campaigns."""


@dataclass(frozen=True)
class Entered:
    """A number that the bureau enters or imports for the year."""


@dataclass(frozen=True)
class Derived:
    """A number made of other figures of the same year."""

    operation: Operation
    #: Keys of the indicators that are added up.
    parts: tuple[str, ...]
    #: Key of the indicator that they are divided by; empty for a sum.
    whole: str = ""


Formula: TypeAlias = OfActivities | OfMaterials | OfReleases | OfParticipants | Entered | Derived

_NAMES: dict[str, type[Formula]] = {
    "activities": OfActivities,
    "materials": OfMaterials,
    "releases": OfReleases,
    "participants": OfParticipants,
    "entered": Entered,
    "derived": Derived,
}


def write_formula(formula: Formula) -> dict[str, Any]:
    """A formula as JSON can hold it."""
    name = next(name for name, kind in _NAMES.items() if isinstance(formula, kind))
    return {"from": name, **asdict(formula)}


def read_formula(kept: dict[str, Any]) -> Formula:
    """A formula from its JSON. Raises KeyError or TypeError for anything else."""
    kind = _NAMES[kept["from"]]
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name != "from"
    }
    if kind is OfActivities:
        fields["amount"] = Amount(fields["amount"])
    if kind is Derived:
        fields["operation"] = Operation(fields["operation"])
    return kind(**fields)
