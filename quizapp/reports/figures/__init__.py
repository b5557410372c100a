"""Indicators, the figures of a year, and what stands behind each."""
