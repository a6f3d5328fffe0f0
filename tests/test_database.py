"""What statements are made of."""

from models.database import of_few_lengths


def test_lists_of_keys_have_few_lengths_and_lose_nothing() -> None:
    lists = [of_few_lengths(range(number)) for number in range(65)]
    assert {len(found) for found in lists} == {0, 1, 2, 4, 8, 16, 32, 64}
    assert [set(found) for found in lists] == [set(range(number)) for number in range(65)]
