"""The mutation run: see ``scripts/mutants`` and ``docs/mutation.md``."""
