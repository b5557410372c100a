"""The part's blueprint, shared by its public and its staff views."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__)
