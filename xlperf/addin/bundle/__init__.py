"""One zip for offices without internet: Python, wheels, add-in, installer."""
