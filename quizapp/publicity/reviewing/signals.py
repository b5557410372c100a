"""What review tells other rooms of the part, in the transaction of the change."""

from blinker import Signal

#: A reviewer confirmed an activity. Sender: the Activity; ``actor``: the reviewer's User;
#: ``seen_movement``: the latest movement that there was when the reviewer looked.
activity_confirmed = Signal()

#: A draft is about to be deleted, what hangs on it must go first. Sender: the record.
record_deleting = Signal()
