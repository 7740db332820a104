"""Programs other than Excel as the host of the buttons: what they are asked, and how it gets there.

An action needs a book that answers as Excel's objects do. Here every access to one is a request
that can be sent (`objects`, `requests`), of those that a table lists (`host_members`); a host is
one interpreter of these: LibreOffice over UNO, WPS in JavaScript. `live.session` runs an action
and talks to it.
"""
