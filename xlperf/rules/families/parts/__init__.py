"""Whether all parts are there, agree with each other, and could be read as they stand."""
