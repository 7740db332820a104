"""Monitoring and self-evaluation as official forms: an overview of the projects, a form for each.

`grid` sets cells into rows; `central` and `hebei` are the layouts; `facts` what they print.
"""
