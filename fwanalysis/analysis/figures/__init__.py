"""Count figures about codes and cases: pure functions over values."""
