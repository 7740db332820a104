"""The formulas of a stage's sheets: what they show of the goals, points, totals, hints."""
