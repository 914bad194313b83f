"""The command line: every command is a call on ``Project``. stdout is data, stderr is narration."""
