"""Single speaker labels: what they look like, which role they state, which are the same speaker."""
