"""Reading the state: functions from a connection to domain values, a module for each concept."""
