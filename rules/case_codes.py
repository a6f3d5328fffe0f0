"""Short codes by which a typed answer names its case, with a check character.

A slip can never hit another case: a code with one wrong or two swapped characters is no code at all.
"""

from random import Random

# 23 characters, a prime number, none of which looks like another: no B 8, G 6, I 1 L, O 0 Q, S 5, Z 2.
ALPHABET = "ACDEFHJKMNPRTUVWXY34679"
LETTERS = "".join(character for character in ALPHABET if character.isalpha())
DIGITS = "".join(character for character in ALPHABET if character.isdigit())
LENGTH = 4


def new_code(random: Random) -> str:
    """A code: first a letter, so that a number before it can be told apart; somewhere a digit, as no word has one."""
    pair = [random.choice(DIGITS), random.choice(ALPHABET)]
    random.shuffle(pair)
    head = random.choice(LETTERS) + "".join(pair)
    return head + _check(head)


def is_code(text: str) -> bool:
    """Whether this is a code without a slip."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and text[-1] == _check(text[:-1])


def _check(head: str) -> str:
    # Weights that differ modulo a prime find every wrong character and every swap of neighbours.
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(head, 1))
    return ALPHABET[total % len(ALPHABET)]
