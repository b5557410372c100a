"""What the part tells those above it, in the transaction of the change."""

from blinker import Signal

#: Questions must be asked no more: retired, or to be re-checked. Sender: a tuple of their ids.
questions_withdrawn = Signal()
