"""Excel while people work in it: the only package that imports xlwings.

`ribbon` is what the buttons call, `actions` what they do, `functions` the worksheet functions.
Below them: `buttons` (what single buttons need), `book` (a live book read, marked and summed up),
`cells` (arguments and results of functions), `com` (Excel's own objects).
"""

from xlperf.live.com import light_xlwings as light_xlwings  # before anything here imports xlwings
