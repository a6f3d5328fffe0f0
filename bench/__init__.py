"""Our stack side by side with others against a fake Bot API on loopback: `make bench`; see README.md."""
