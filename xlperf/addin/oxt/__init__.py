"""The extension for LibreOffice: built from `macros/libreoffice`, installed by `unopkg`."""
