"""What all tests share: Hypothesis without deadlines (two busy cores), and screens without animations."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

settings.register_profile(
    "fwanalysis",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("fwanalysis")
