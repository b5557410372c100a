"""Who does what with publicity records, always within the units that a posting reaches."""

from quizapp.accounts.roles import Role

#: Who records, edits and submits.
RECORDERS = frozenset({Role.ADMINISTRATOR, Role.PUBLICIST})
#: Who confirms and returns.
REVIEWERS = frozenset({Role.ADMINISTRATOR, Role.REVIEWER})
#: Who reads.
READERS = frozenset({Role.ADMINISTRATOR, Role.PUBLICIST, Role.REVIEWER, Role.ORGANISER, Role.AUDITOR})
#: Who keeps the lists of kinds and materials, which are the whole county's, and the year's targets.
KEEPERS = frozenset({Role.ADMINISTRATOR})
