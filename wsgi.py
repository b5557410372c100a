"""The WSGI entry: ``granian --interface wsgi wsgi:app``, and where ``flask`` finds the app."""

import sys

from quizapp import create_app
from quizapp.config import SettingError

try:
    app = create_app()
except SettingError as error:
    sys.exit(str(error))
