"""Workbooks made for reading: a comparison, a review, a survey, a roll-up."""
