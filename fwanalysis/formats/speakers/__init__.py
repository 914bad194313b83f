"""Judge single speaker labels: their form, the role they state, other spellings."""
