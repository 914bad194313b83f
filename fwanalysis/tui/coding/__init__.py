"""The Code view: a source, its codings and its suggestions."""
