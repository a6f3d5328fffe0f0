"""Forms: ordered steps declared as data, and drafts that survive a restart."""
