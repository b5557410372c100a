"""Identifiers made here rather than by the database."""

import secrets
from datetime import datetime
from uuid import UUID

#: Digits and capitals without those that people misread: 0 O 1 I L.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6


def time_ordered_uuid(moment: datetime) -> UUID:
    """A UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = int(moment.timestamp() * 1000)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def short_code() -> str:
    """A random code of six unmistakable characters, for an address that people may have to type."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def is_code(text: str) -> bool:
    """Whether a text could be such a code."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_ALPHABET)
