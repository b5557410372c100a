"""The part's blueprint, shared by its views."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
