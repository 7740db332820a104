"""The Excel add-in, as far as it can be looked at without Excel."""
