"""Review of records, and changes of what is confirmed."""
