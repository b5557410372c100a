"""Who does what in the banks. They are the whole county's, so that roles count in the bureau only."""

from quizapp.accounts.roles import Role

#: Who reads the banks, keys included.
READERS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.BANK_EDITOR, Role.REVIEWER})
#: Who reads them from any unit too, to choose what a campaign of it asks.
BORROWERS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER})
#: Who imports and edits questions.
EDITORS = frozenset({Role.ADMINISTRATOR, Role.BANK_EDITOR})
#: Who reviews, re-checks and retires them.
REVIEWERS = frozenset({Role.ADMINISTRATOR, Role.BANK_EDITOR, Role.REVIEWER})
#: The accounts among which a question finds another person to review it.
BANK_STAFF = frozenset({Role.BANK_EDITOR, Role.REVIEWER})
