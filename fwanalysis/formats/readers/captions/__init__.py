"""Parse captions (WebVTT and SubRip): ``cues`` knows lines of times, ``cues_to_turns`` what the two formats share."""
