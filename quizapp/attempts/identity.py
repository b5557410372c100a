"""Who a participant is: an id derived from an identity, which itself is never stored."""

import hashlib
import hmac
from enum import StrEnum
from uuid import UUID


class Basis(StrEnum):
    """What an identity rests on."""

    DEVICE = "device"


def participant_id(campaign_key: bytes, basis: Basis, identity: str) -> UUID:
    """The participant of an identity in one campaign: the first 128 bits of HMAC-SHA256 (RFC 2104).

    The same identity gives the same id, so that none has to be looked up; another campaign's
    key gives another id, so that nobody can be followed from one to the next.
    """
    message = f"{basis}:{identity}".encode()
    return UUID(bytes=hmac.digest(campaign_key, message, hashlib.sha256)[:16])
