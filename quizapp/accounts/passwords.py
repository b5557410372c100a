"""Passwords: what makes one acceptable, how it is kept, how a first one is made.

The rules follow GB/T 22239-2019 as bureaus read it: at least ten characters of
three of the four classes, and not the user's name.
"""

import secrets
import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MIN_CLASSES = 3
_INITIAL_LENGTH = 14
#: Letters and digits that can be read aloud and copied from a terminal.
_READABLE = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1Il")

_hasher = PasswordHasher()


def complaint_about(password: str, username: str) -> str | None:
    """Why a password is not acceptable, as a sentence; None when it is."""
    if len(password) < MIN_LENGTH:
        return f"密码至少 {MIN_LENGTH} 位。"
    classes = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    if sum(any(belongs(c) for c in password) for belongs in classes) < MIN_CLASSES:
        return "密码须含大写字母、小写字母、数字、符号中的至少三类。"
    if username and username.lower() in password.lower():
        return "密码不能包含用户名。"
    return None


def hash_password(password: str) -> str:
    """The argon2id hash that is stored."""
    return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    """Verified against when there is no such account, so that both cases take as long."""
    return _hasher.hash(secrets.token_urlsafe())


def verify_password(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; equally slow where there is none stored."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def initial_password() -> str:
    """A random first password that meets the rules, shown once and changed at first login."""
    while True:
        password = "-".join(
            "".join(secrets.choice(_READABLE) for _ in range(_INITIAL_LENGTH // 3)) for _ in range(3)
        )
        if complaint_about(password, "") is None:
            return password
