"""Settings of the service, read from environment variables that begin with `UNROLLED_`.

`python -m app.settings` prints them as the table that the README shows.
"""

from typing import Annotated, Literal

from limits import RateLimitItem, parse_many
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.clients import check_proxy
from app.errors import StartupError

PREFIX = "UNROLLED_"


class Settings(BaseSettings):
    """Hold what an operator may change; every field is one environment variable."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on; `0.0.0.0` for every interface.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        default="info", description="How much the server logs."
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$",
        description="Address under which visitors reach the site, for link previews; empty: that of the request.",
    )
    concurrent_traces: int = Field(
        default=2, ge=1, le=64, description="How many runs are recorded at once, each on one thread."
    )
    wait_seconds: float = Field(
        default=10, gt=0, le=120, description="How long a request waits for its turn before it is answered 503."
    )
    cache_bytes: int = Field(
        default=64 * 2**20, ge=0, description="Memory for recorded traces, in bytes; 0 remembers none."
    )
    max_body_bytes: int = Field(
        default=256 * 2**10, ge=1024, description="Largest request body, in bytes; more is answered 413."
    )
    max_media_bytes: int = Field(
        default=24 * 2**20,
        ge=1024,
        description="Largest file that is read as an input, in bytes; more is answered 413.",
    )
    media_bytes: int = Field(
        default=64 * 2**20,
        ge=0,
        description="Room for inputs that are too long for an address (sounds), in bytes; the oldest give way.",
    )
    media_seconds: float = Field(default=86_400, gt=0, description="How long such an input is kept.")
    media_folder: str = Field(
        default="",
        description="Folder in which they are kept, to be named where several processes serve the site; empty: a "
        "temporary one, removed at the end.",
    )
    private_bytes: int = Field(
        default=16 * 2**20,
        ge=0,
        description="Memory for inputs that are never written to a disk (photos), in bytes; the oldest give way.",
    )
    private_seconds: float = Field(default=600, gt=0, description="How long such an input stays in memory.")
    media_limit: str = Field(default="60/minute", description="How many files one client may send; empty: no limit.")
    max_header_bytes: int = Field(
        default=32 * 2**10, ge=4096, description="Longest address and headers together, in bytes; more is answered 431."
    )
    header_seconds: float = Field(
        default=10, gt=0, le=600, description="How long the headers of a request may take; more is answered 408."
    )
    body_seconds: float = Field(
        default=20, gt=0, le=600, description="How long the body of a request may take; more is answered 408."
    )
    send_seconds: float = Field(
        default=60, gt=0, le=600, description="How long a client may leave an answer unread before it is cut off."
    )
    connections: int = Field(
        default=800, ge=1, description="How many connections may be open at once; more are answered 503."
    )
    connections_per_client: int = Field(
        default=200, ge=1, description="How many of them one client may hold; a trusted proxy may hold all."
    )
    rate_limit: str = Field(
        default="120/minute",
        description="How many ordinary runs one client may ask for (`30/minute`), a long or expensive run counting "
        "as several; empty: no limit.",
    )
    read_limit: str = Field(
        default="600/minute",
        description="How many inputs one client may have read, by any route or page; empty: no limit.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins whose pages may call the API, comma-separated; `*` for all."
    )
    frame_ancestors: str = Field(
        default="*",
        pattern=r"^[^;,\r\n]*$",
        description="Who may embed the pages (CSP `frame-ancestors`); `'none'` forbids it.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies whose `X-Forwarded-*` headers count, comma-separated; name only "
        "proxies that add to these headers or replace them.",
    )

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(check_proxy, value))

    @field_validator("rate_limit", "read_limit", "media_limit")
    @classmethod
    def _limit_can_be_read(cls, value: str) -> str:
        if value.strip():
            parse_many(value)
        return value.strip()

    @property
    def rate_limits(self) -> list[RateLimitItem]:
        """List the limits that a client must keep when it asks for runs."""
        return parse_many(self.rate_limit) if self.rate_limit else []

    @property
    def read_limits(self) -> list[RateLimitItem]:
        """List the limits that a client must keep when it has inputs read."""
        return parse_many(self.read_limit) if self.read_limit else []

    @property
    def media_limits(self) -> list[RateLimitItem]:
        """List the limits that a client must keep when it sends files."""
        return parse_many(self.media_limit) if self.media_limit else []


def read_settings() -> Settings:
    """Read the environment. Raises StartupError, in one line that names the variable, for a bad value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise StartupError(f"{variable}={first['input']!r}: {first['msg']}") from error


def markdown_table() -> str:
    """Write all settings as a Markdown table: variable, default, meaning."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = ",".join(field.default) if isinstance(field.default, tuple) else str(field.default)
        shown = f"`{default}`" if default else "empty"
        rows.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(markdown_table())  # noqa: T201
