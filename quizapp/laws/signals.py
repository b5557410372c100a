"""What the part tells those above it, which it doesn't know."""

from blinker import Namespace

#: Sent in the transaction of the import, once a version and its articles are flushed; the sender is
#: the LawVersion. What a receiver raises undoes the import too.
version_imported = Namespace().signal("law-version-imported")
