"""Validation: the settings that apply, the rules that run, and what is written of it."""
