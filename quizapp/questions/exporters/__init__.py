"""One exporter a format, each pure: questions in, a file's content out, and what it could not hold."""
