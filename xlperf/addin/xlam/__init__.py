"""The add-in's file: its package, ribbon, settings, and everything that can be checked of it."""
