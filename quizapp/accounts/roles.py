"""What a staff member may do."""

from collections.abc import Collection
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


#: Where each role's work is, the first that an account has deciding where it begins.
_HOMES = (
    (Role.ADMINISTRATOR, "campaigns.campaigns"),
    (Role.ORGANISER, "campaigns.campaigns"),
    (Role.BANK_EDITOR, "questions.banks"),
    (Role.REVIEWER, "questions.banks"),
    (Role.PUBLICIST, "publicity.activities"),
)


def home_of_roles(roles: Collection[str]) -> str:
    """The endpoint where somebody of these roles begins."""
    return next((endpoint for role, endpoint in _HOMES if role in roles), "laws.laws")
