"""Typed settings; the only reader of the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The environment variables of the contract, each with the prefix THUKY_."""

    model_config = SettingsConfigDict(env_prefix="THUKY_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: SecretStr = SecretStr("sqlite:///var/thuky.db")
    data_dir: Path = Path("var")
    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    telegram_rate: float = 30.0
    """Notices a second at most, all chats together; answers to a waiting person are not held back."""
    zalo_token: SecretStr = SecretStr("")
    """Several tokens, separated by commas, are several bots of one body: officials go to the first."""
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    zalo_rate: PositiveFloat = 5.0
    """Messages a second of one bot at most; the platform publishes no number."""
    zalo_chat_gap: NonNegativeFloat = 1.0
    """Seconds between two messages in one chat at least."""
    zalo_monthly: NonNegativeInt = 3000
    """Messages that one bot may send in a calendar month, as the free plan is said to allow; 0: any number."""
    zalo_per_user: NonNegativeInt = 0
    """Messages to one person in a calendar month; 0: any number."""
    zalo_users: PositiveInt = 50
    """How many people the platform's free plan is said to let talk to one bot; `doctor` counts them."""
    public_url: str = ""
    link_days: PositiveInt = 7
    """How long the address of a document is good, where a channel carries no files."""
    webhook_secret: SecretStr = SecretStr("")
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    simulator: bool | None = None
    admins: str = ""
    log_level: str = "INFO"

    @property
    def serves_simulator(self) -> bool:
        """On when no token is set, unless said otherwise."""
        if self.simulator is not None:
            return self.simulator
        return not self.telegram_token.get_secret_value() and not self.zalo_tokens

    @property
    def zalo_tokens(self) -> list[SecretStr]:
        """One for each bot, each once."""
        tokens = (token.strip() for token in self.zalo_token.get_secret_value().split(","))
        return [SecretStr(token) for token in dict.fromkeys(tokens) if token]

    @property
    def secrets(self) -> list[str]:
        """What must never be seen in a log; of the database's address, the password."""
        database = urlsplit(self.database_url.get_secret_value()).password or ""
        tokens = [token.get_secret_value() for token in (self.telegram_token, *self.zalo_tokens)]
        return [*tokens, self.webhook_secret.get_secret_value(), database]

    @property
    def admin_codes(self) -> frozenset[str]:
        return frozenset(code.strip() for code in self.admins.split(",") if code.strip())
