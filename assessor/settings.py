"""Every setting there is. The only module that reads the environment.

Each is an environment variable with the prefix `ASSESSOR_`; `docs/settings.md` lists them, and a test proves that none is
missing there.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from assessor.errors import BadInput
from sandbox import images

SETTING_PREFIX = "ASSESSOR_"
DATABASE_URLS = ("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///")


class Settings(BaseSettings):
    """Values from the environment, with defaults that make one machine work as it is."""

    model_config = SettingsConfigDict(env_prefix=SETTING_PREFIX, extra="ignore", frozen=False)

    data_dir: Path = Field(Path("data"), description="Folder of the database, the queue and the secret key.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of a PostgreSQL database; SQLite in the data folder without it."
    )
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions, links and queue messages; made and kept in the data folder without it."
    )
    public_url: str | None = Field(
        None, description="The address people reach the service by, used in links; the listening address without it."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    threads: int = Field(64, ge=2, description="Threads of the web process; one stream of live results holds one.")
    slots: int = Field(2, ge=1, description="Submissions judged at the same time by one worker.")
    warm_boxes: int = Field(2, ge=0, description="Containers kept ready for each image in use.")
    runtime: str = Field("", description="Docker runtime for the sandbox (runc, crun, runsc); Docker's default without it.")
    compile_cache_mib: int = Field(
        512, ge=0, description="What compiled programs kept in the data folder may take on disk; 0 compiles every time."
    )
    base_image: str | None = Field(
        None, description="Base of the sandbox images; debian:bookworm-slim, or one made from the machine's apt sources."
    )
    tiers: str = Field(
        ",".join(images.USUAL), description="Sandbox images in use, with commas; only languages in these are offered."
    )
    pin_slots: bool = Field(True, description="Give every slot a processor core of its own, where there are enough.")
    lease_seconds: int = Field(15, ge=3, le=300, description="A worker that is silent for so long has lost its submission.")
    stall_seconds: int = Field(
        300,
        ge=1,
        description="Judging that stands still for so long beyond its own limits is given back.",
    )
    stop_seconds: int = Field(75, ge=1, description="How long a worker that is told to stop waits for what it has in hand.")
    faults: str = Field("", description="For tests of outages only: faults laid on the steps of judging.")
    max_tries: int = Field(3, ge=1, description="How often a submission is tried before it is not judged and staff are told.")
    trusted_proxies: int = Field(
        0, ge=0, description="Number of reverse proxies in front whose X-Forwarded headers are believed."
    )
    secure_cookies: bool = Field(False, description="Send cookies over HTTPS only; set it wherever HTTPS is in front.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        if url and not url.startswith(DATABASE_URLS):
            raise ValueError(f"it must begin with one of {', '.join(DATABASE_URLS)}")
        return url

    @field_validator("tiers")
    @classmethod
    def _known_tiers(cls, given: str) -> str:
        names = [name.strip() for name in given.split(",") if name.strip()]
        unknown = [name for name in names if name not in images.TIERS]
        if unknown or not names:
            raise ValueError(f"it must name some of {', '.join(images.TIERS)}, with commas between them")
        return ",".join(images.with_foundations(tuple(names)))

    @property
    def tiers_in_use(self) -> tuple[str, ...]:
        """The sandbox images whose languages are offered, those they stand on included."""
        return tuple(self.tiers.split(","))

    def make_data_dir(self) -> Path:
        """The data folder, made when missing. Raises BadInput when it cannot be made or written to."""
        folder = self.data_dir.absolute()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise BadInput(
                f"Nothing can be kept in the data folder {folder}: {error.strerror}. "
                f"Name another one with --data or {SETTING_PREFIX}DATA_DIR."
            ) from error
        return folder

    @cached_property
    def secret(self) -> str:
        """The signing secret: the setting, or one made once and kept in the data folder, readable by its owner only."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        path = self.data_dir / "secret.key"
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48) + "\n")
            try:
                os.link(fresh, path)
            except FileExistsError:
                return path.read_text().strip()
            finally:
                fresh.unlink()
            return path.read_text().strip()

    @property
    def url_of_database(self) -> str:
        """The SQLAlchemy URL in force."""
        if self.database_url:
            for prefix in ("postgresql://", "postgres://"):
                if self.database_url.startswith(prefix):
                    return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
            return self.database_url
        return f"sqlite:///{self.data_dir.absolute() / 'assessor.db'}"

    @property
    def address(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load_settings(**flags: object) -> Settings:
    """The settings in force: flags given (not None) before the environment before the defaults. Bad values are named."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"{SETTING_PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}{_value_of(e)}" for e in error.errors()]
        raise BadInput("These settings cannot be used:\n  " + "\n  ".join(lines)) from error


def _value_of(error: ErrorDetails) -> str:
    """The value that cannot be used, unless it may hold a password."""
    return "" if error["loc"][0] in ("database_url", "secret_key") else f" (it is {error['input']!r})"
