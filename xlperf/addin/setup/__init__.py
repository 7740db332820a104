"""The add-in on a computer: installed, removed, and why it does not work."""
