"""Explanations of findings: which finding one belongs to, and whether it explains."""
