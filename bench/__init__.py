"""Benchmarks: one file a question, each prints a ratio. None decides a test."""
