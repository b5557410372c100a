"""What a staff member may do."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do in a unit and those beneath it; its label is what staff read."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    BANK_EDITOR = "bank_editor"
    REVIEWER = "reviewer"
    PUBLICIST = "publicist"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role's name in Chinese."""
        return {
            Role.ADMINISTRATOR: "管理员",
            Role.ORGANISER: "组织者",
            Role.BANK_EDITOR: "题库员",
            Role.REVIEWER: "审核员",
            Role.PUBLICIST: "宣传员",
            Role.AUDITOR: "审计员",
        }[self]


#: Roles whose work is the whole county's, so that they are given in the bureau only.
ROLES_OF_BUREAU = frozenset({Role.BANK_EDITOR})

#: Where each role's work is, the first that an account has and may open deciding where it begins.
HOMES = (
    (Role.ADMINISTRATOR, "campaigns.campaigns"),
    (Role.ORGANISER, "campaigns.campaigns"),
    (Role.BANK_EDITOR, "questions.banks"),
    (Role.REVIEWER, "questions.banks"),
    (Role.REVIEWER, "publicity.reviews"),
    (Role.PUBLICIST, "publicity.activities"),
)
