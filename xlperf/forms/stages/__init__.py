"""Forms of the stages after the goals (monitoring, self-evaluation): what they hold and say.

`central` and `hebei` and `sichuan` have the layouts as data; an edition's module names those it
uses. A sheet shows goals, targets and budgets by formula (`links`) and holds what people report.
"""
