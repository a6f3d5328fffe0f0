"""Typed settings; the only reader of the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
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
    public_url: str = ""
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
        return not self.telegram_token.get_secret_value()

    @property
    def secrets(self) -> list[str]:
        """What must never be seen in a log; of the database's address, the password."""
        database = urlsplit(self.database_url.get_secret_value()).password or ""
        return [self.telegram_token.get_secret_value(), self.webhook_secret.get_secret_value(), database]

    @property
    def admin_codes(self) -> frozenset[str]:
        return frozenset(code.strip() for code in self.admins.split(",") if code.strip())
