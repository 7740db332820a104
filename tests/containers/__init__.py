"""Whatever an office sends: foreign workbooks, old formats, PDF, tables pasted into text."""
