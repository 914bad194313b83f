"""Legacy Word documents (.doc)."""
