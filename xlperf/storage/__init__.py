"""Files on disk: their kinds and limits, writing them whole, zip archives, temporary folders."""
