"""Parse legacy Word documents (.doc) through a converter. Knows ``docx`` and ``txt``, to which they are converted."""
