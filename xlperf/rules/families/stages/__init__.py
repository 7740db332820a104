"""Monitoring and self-evaluation: money, points, grades, answers, reasons."""
