"""Pure knowledge: directive packs, working calendar, state machines, Vietnamese text; no clock, no database, no network."""
