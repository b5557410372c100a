"""What a staff member may do."""

from enum import StrEnum


class Role(StrEnum):
    """The role of an account; its label is what staff read."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    BANK_EDITOR = "bank_editor"
    REVIEWER = "reviewer"

    @property
    def label(self) -> str:
        """The role's name in Chinese."""
        return {
            Role.ADMINISTRATOR: "管理员",
            Role.ORGANISER: "组织者",
            Role.BANK_EDITOR: "题库员",
            Role.REVIEWER: "审核员",
        }[self]


#: The roles whose work is in the banks.
BANK_ROLES = frozenset({Role.BANK_EDITOR, Role.REVIEWER})
