"""Several bots in one setting, and when the simulator is served."""

import pytest
from pydantic import SecretStr

from bot.settings import Settings

OFFICIALS, CITIZENS = "11:officials", "22:citizens"


def settings(*, telegram: str = "", zalo: str = "", simulator: bool | None = None) -> Settings:
    return Settings(telegram_token=SecretStr(telegram), zalo_token=SecretStr(zalo), simulator=simulator)


@pytest.mark.parametrize("extra", ["", ",", f" , {OFFICIALS}"])
def test_several_zalo_bots_are_separated_by_commas(extra: str) -> None:
    found = settings(zalo=f" {OFFICIALS} ,{CITIZENS}{extra}")
    assert [token.get_secret_value() for token in found.zalo_tokens] == [OFFICIALS, CITIZENS]
    assert {OFFICIALS, CITIZENS} <= set(found.secrets)
    assert OFFICIALS not in repr(found)


def test_the_simulator_is_served_where_no_platform_is() -> None:
    assert settings().serves_simulator
    assert settings(zalo=" , ").serves_simulator
    assert not settings(zalo=OFFICIALS).serves_simulator
    assert not settings(telegram="1:x").serves_simulator
    assert settings(zalo=OFFICIALS, simulator=True).serves_simulator
