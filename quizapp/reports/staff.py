"""Who does what with the figures of the whole bureau, always by a posting in the bureau itself."""

from quizapp.accounts.roles import Role

#: Who reads the annual report and what stands behind it.
READERS = frozenset({Role.ADMINISTRATOR, Role.REVIEWER, Role.ORGANISER, Role.AUDITOR})
#: Who closes a year and decides by which template it prints.
CLOSERS = frozenset({Role.ADMINISTRATOR})
#: Who enters the numbers that no record holds.
ENTERERS = frozenset({Role.ADMINISTRATOR, Role.REVIEWER, Role.ORGANISER})
#: Who keeps the registry of indicators.
KEEPERS = frozenset({Role.ADMINISTRATOR})
