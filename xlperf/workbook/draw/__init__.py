"""Sheets drawn with openpyxl: forms, checks, summary, lists, reviewers' and roll-up books."""
