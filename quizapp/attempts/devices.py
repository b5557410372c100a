"""The anonymous, signed device cookie.

It is first set at 开始答题. The landing page carries a fresh device in its form, taken where
no cookie came: two taps before the first answer arrives are then one device, not two.
"""

import secrets

from flask import Response, current_app, request
from itsdangerous import BadSignature, Signer

COOKIE = "device"
FIELD = "device"
#: Seconds: long enough for a phone to be known from one year's campaign to its end.
LIFETIME = 400 * 24 * 3600


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="device")


def fresh_device() -> str:
    """A new device's signed mark, 128 random bits."""
    return _signer().sign(secrets.token_urlsafe(16)).decode()


def known_device() -> str | None:
    """The mark in the request's cookie, if it is ours."""
    return _checked(request.cookies.get(COOKIE))


def device_of_start() -> str:
    """The mark that a start belongs to: the cookie's, else the landing page's, else a fresh one."""
    return known_device() or _checked(request.form.get(FIELD)) or fresh_device()


def remember(response: Response, device: str) -> None:
    """Set the cookie, unless the phone sent this very one."""
    if request.cookies.get(COOKIE) != device:
        response.set_cookie(
            COOKIE,
            device,
            max_age=LIFETIME,
            path="/q/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )


def _checked(mark: str | None) -> str | None:
    try:
        _signer().unsign(mark or "")
    except BadSignature:
        return None
    return mark
