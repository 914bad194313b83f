"""What the readers of word-processor files share."""
