"""Tests. Names are sentences; a workbook in a test is made by the test."""
