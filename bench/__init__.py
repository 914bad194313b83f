"""How fast the program is beside plain tools doing the same: ``python -m bench``. Never part of the tests."""
