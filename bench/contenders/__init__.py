"""Each contender is a program of its own: `python -m bench.contenders.<name> <case>`, told the rest by environment."""
