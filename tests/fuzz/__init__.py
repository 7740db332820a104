"""A fuzz harness over every command: `python -m tests.fuzz --count 5000 --seed 1`.

An input is made from a seed and a number, so that any of them can be made again by itself
(`--only 1234 --keep FOLDER`). What must hold is in `judging`; the inputs are in `inputs`,
`packages`, `texts` and `cells`; each command runs in a process of its own (`running`).
"""
