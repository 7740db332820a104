"""Findings as JSON, SARIF and HTML, and how many there are."""
