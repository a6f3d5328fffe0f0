"""The platforms: each adapter turns what a platform says into events, and our messages into its calls."""
