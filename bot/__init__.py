"""The platform: people and channels; it knows nothing of absence, tasks or votes."""
