"""What an operator sets, by environment variables `GONGLIAN_…`."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, FilePath, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GONGLIAN_"

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$")]


class Misconfigured(Exception):
    """A setting that can't be right; the message names the variable, never its value (it may hold a password)."""


class Settings(BaseSettings):
    """One process's settings. Take them with `read()`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )

    region: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{5}$")] = "610000"
    """The region that this platform belongs to (GB/T 2260)."""
    public_url: Url = "http://localhost:8610"
    """The address at which others reach the platform: stands in schemas' and problems' addresses."""
    feeds_url: Url | None = None
    """The address at which this process reaches the feeds, where it isn't the public one."""
    kafka: Annotated[str, StringConstraints(min_length=1)] = "localhost:9092"
    """Bootstrap servers, host:port separated by commas."""
    database_url: Annotated[str | None, Field(repr=False, pattern=r"^postgres(ql)?://")] = None
    """The service's own database; none in embedded mode, where the platform brings its own."""
    jwks: FilePath | None = None
    """File with the issuer's public keys (JWKS), where tokens come from an OIDC provider."""
    signing_key: Annotated[str | None, Field(repr=False, pattern=r"^\{.*\}$")] = None
    """Private key (JWK as JSON) with which a process of its own signs the tokens by which it reads other services'
    feeds; without `jwks`, tokens of this key are the ones that it takes."""
    vault_key: Annotated[str | None, Field(repr=False, pattern=r"^[A-Za-z0-9_-]{43}=$")] = None
    """Key (32 bytes, base64) of what services keep in their vaults; without it that can't be read any more."""
    host: str = "127.0.0.1"
    """The address on which a service in a process of its own listens."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8610
    """The port on which it listens; 0 takes any free one."""
    played_from: AwareDatetime | None = None
    """Business time is played, from this instant on: for rehearsals. Without it business time is the machine's."""
    clock_file: Path = Path("/var/lib/gonglian/clock")
    """Where the process that plays business time keeps it."""
    service: str | None = None
    """The service that `gonglian run` runs here, and that an operator's commands are about."""
    issuer: Annotated[str, StringConstraints(min_length=1)] = "http://localhost:8610"
    """The `iss` that a token must carry."""
    audience: Annotated[str, StringConstraints(min_length=1)] = "gonglian"
    """The `aud` that a token must carry."""
    pool_size: Annotated[int, Field(ge=2, le=100)] = 5
    """Connections to the database that requests and readers share, at most."""
    fetch_wait_ms: Annotated[int, Field(ge=1, le=5000)] = 100
    """How long the broker may hold a fetch while nothing is new: a bound of latency and of idle work."""
    relay_poll_seconds: Annotated[float, Field(gt=0, le=1.5)] = 0.05
    """How often the relay looks for what was appended in other processes; its own wakes it."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    max_body_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 1024 * 1024
    """A larger request body is refused."""
    public_reads_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 600
    """So many reads a minute from one address, of what is served without a token; a mobile network shares few."""
    public_commands_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 30
    """So many commands a minute from one address, of those that are taken without a token."""
    trusted_proxies: str = ""
    """Addresses or networks, by commas, whose `X-Forwarded-For` says who asks; `*` where only the gateway gets here."""
    wait_limit_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    """How long a request may wait for news or for freshness."""

    @property
    def gateway(self) -> str:
        """Where this process reaches the other services' feeds."""
        return self.feeds_url or self.public_url


def read() -> Settings:
    """The settings in the environment; raises `Misconfigured`."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    # An unknown name may be a misspelt one, whose default would go unnoticed.
    wrong = [
        f"{name}: no such setting; there are {', '.join(sorted(known))}"
        for name in sorted(os.environ)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    ]
    try:
        settings = Settings()
    except ValidationError as error:
        wrong += [f"{PREFIX}{str(found['loc'][0]).upper()}: {found['msg']}" for found in error.errors()]
    if wrong:
        raise Misconfigured("\n".join(wrong))
    return settings
