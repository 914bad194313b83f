"""Read the state: functions from a connection to domain values, one module per concept."""
