"""Excel while people work in it: the only package that imports xlwings.

`ribbon` is what the buttons call, `actions` what they do, `reading` a live book as a record,
`applying` a plan onto a live book, `functions` the worksheet functions.
"""

from xlperf.live.com import light_xlwings as light_xlwings  # before anything here imports xlwings
