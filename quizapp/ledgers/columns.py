"""The columns of a ledger, as we write them and as the tables that units keep may name them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a ledger."""

    #: The heading that we write, and the key of a row's cells.
    name: str
    #: Other headings of real tables; width, case, spaces, stars and notes in brackets don't matter.
    aliases: tuple[str, ...] = ()
    required: bool = False
    #: What may stand there, shown in the template and at the mend form.
    hint: str = ""
    #: Of the template's sample row.
    sample: str = ""
    #: Where only these may stand: a list in the template and at the mend form.
    choices: tuple[str, ...] = ()
