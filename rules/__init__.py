"""Pure knowledge: directive packs, working calendar, state machines, Vietnamese text.

No clock, no database, no network.
"""
