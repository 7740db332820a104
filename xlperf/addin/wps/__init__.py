"""The add-in for WPS: built from `macros/wps` and the ribbon's XML. It has not run in WPS yet."""
