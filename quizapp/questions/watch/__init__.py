"""Revision watch: which questions a newer version of a law may have made wrong, and what became of them."""
