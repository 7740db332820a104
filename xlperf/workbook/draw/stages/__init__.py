"""The sheets of a stage: a project's form, the department's list, the lists of words."""
