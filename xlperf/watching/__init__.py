"""Files validated at every save, and the page that shows what is new and what was settled.

`saves` knows when a file was saved, `snapshot` reads it whole, `files` keeps what was found,
`board` answers for the page (`reports.watch_page`), `watcher` joins them.
"""
