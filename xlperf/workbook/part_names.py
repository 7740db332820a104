"""What Excel's files have in common (ECMA-376): parts, namespaces, the first free format."""

CONTENT_TYPES = "[Content_Types].xml"
STYLES_PART = "xl/styles.xml"
SHEETS_FOLDER = "xl/worksheets/"
SPREADSHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST_CUSTOM_FORMAT = 164  # from here on number formats are a workbook's own
