"""Secrets that are stored: sealed by the data key, never in the clear."""

from cryptography.fernet import Fernet, InvalidToken


class SealBroken(Exception):
    """The data key is not the one that sealed this."""


def seal(secret: bytes, data_key: str) -> bytes:
    """The secret, encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return Fernet(data_key).encrypt(secret)


def unseal(sealed: bytes, data_key: str) -> bytes:
    """The secret again. Raises SealBroken where the key is another."""
    try:
        return Fernet(data_key).decrypt(sealed)
    except InvalidToken as error:
        raise SealBroken from error
