"""Ledgers (台账): the Excel tables that units keep, read, mended, confirmed, undone and written."""
