"""A third channel, with a web page on which anybody plays the people of the sample body."""
