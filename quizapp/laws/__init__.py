"""Citations of laws. The text of the laws is not shipped."""
