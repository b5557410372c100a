"""Numbering the cases of a file whose questions each carry, or name, what they share."""


class CaseNumbers:
    """The cases met so far, numbered from 1 in the order of the file."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._last = ("", 0)
        self._count = 0

    def place(self, stem: str, label: str = "") -> tuple[str, int]:
        """A question's case stem and the number of its case; ``("", 0)`` where it stands alone.

        Questions with the same label are of one case, and all but the first may leave its stem
        out. Without a label those are that follow each other under the same stem.
        """
        stem, label = stem.strip(), label.strip()
        if label:
            stem = stem or self._stems.get(label, "")
            self._stems[label] = stem
        if not stem:
            self._last = ("", 0)
        elif label:
            number = self._numbers.get((label, stem)) or self._next()
            self._numbers[label, stem] = number
            self._last = ("", number)
        elif stem != self._last[0]:
            self._last = (stem, self._next())
        return stem, self._last[1]

    def _next(self) -> int:
        self._count += 1
        return self._count
