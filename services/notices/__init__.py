"""The wording of messages that another person's act or the clock causes."""
