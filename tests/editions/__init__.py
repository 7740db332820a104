"""Editions as data: each goes the whole round, and nothing else in the program knows them."""
