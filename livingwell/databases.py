"""Chooses the mode: SQLite and files (embedded), or PostgreSQL and Redis, by two addresses alone."""

import sys
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from livingwell.environment import text

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864"
    ),
}
"""What is shown as saved is saved (synchronous FULL); IMMEDIATE removes "locked" errors (platform.md 3)."""

OWNER_COMMANDS = {"migrate", "make_roles"}


def database(data_folder: Path) -> dict[str, Any]:
    """Return Django's `default` database.

    Without DATABASE_URL it is SQLite in the data folder. The commands that change tables sign in as the owner
    when DATABASE_OWNER_URL is set; everything else signs in as the app role.

    Raises:
        ImproperlyConfigured: the address names neither SQLite nor PostgreSQL.
    """
    address = text("DATABASE_URL", f"sqlite:///{data_folder / 'livingwell.sqlite3'}")
    if OWNER_COMMANDS & set(sys.argv[1:2]):
        address = text("DATABASE_OWNER_URL", address)
    try:
        chosen: dict[str, Any] = dict(dj_database_url.parse(address))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}. See .env.example.") from error
    if chosen["ENGINE"].endswith("sqlite3"):
        return {**chosen, "ENGINE": "kit.sqlite", "OPTIONS": SQLITE_OPTIONS}
    if chosen["ENGINE"].endswith("postgresql"):
        return {**chosen, "CONN_HEALTH_CHECKS": True}
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://. See .env.example.")


def app_role() -> str:
    """Return the PostgreSQL role that pages and the worker act as; migrate grants rights to it.

    It is whoever DATABASE_URL signs in as, when DATABASE_OWNER_URL names somebody else for migrate. Where
    there is but one address, as in tests, it is the owner's twin: the app of x_owner is x_app.
    """
    signs_in = dj_database_url.parse(text("DATABASE_URL", "sqlite://")).get("USER") or ""
    is_owner = not text("DATABASE_OWNER_URL", "")
    return text("DATABASE_APP_ROLE", f"{signs_in.removesuffix('_owner')}_app" if is_owner else signs_in)


def broker(data_folder: Path, redis_url: str) -> dict[str, Any]:
    """Return Celery's settings for its broker: Redis, or files in the data folder.

    Only job ids travel through it, and losing it loses nothing: the database is the queue of record.
    """
    return _bell_of_redis(redis_url) if redis_url else _bell_of_files(data_folder / "broker")


def _bell_of_redis(url: str) -> dict[str, Any]:
    """A page that rings gives up on a dead or frozen Redis after a second; a worker tries for ever.

    `visibility_timeout` is longer than any task may run, or Redis would hand a running task out twice.
    """
    patience = {"visibility_timeout": 600, "unacked_restore_interval": 2, "unacked_restore_throttle": 1}
    impatience = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}
    return {"broker_url": url, "broker_transport_options": {**patience, **impatience}}


def _bell_of_files(folder: Path) -> dict[str, Any]:
    for part in ("messages", "control"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    messages = str(folder / "messages")
    return {
        "broker_url": "whole-files://localhost",
        "broker_transport_options": {
            "data_folder_in": messages,
            "data_folder_out": messages,
            "control_folder": str(folder / "control"),
            "polling_interval": 0.05,
        },
        "worker_enable_remote_control": False,
    }


def cache(data_folder: Path, redis_url: str) -> dict[str, Any]:
    """Return Django's caches: Redis, or files that all processes of one machine share.

    Rate limits count in the cache, so it must be shared between processes (platform.md 1). Files past their
    time are cleared only when there are too many, so there is room for what a busy place leaves behind.
    """
    if redis_url:
        return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}}
    folder = str(data_folder / "cache")
    kind, room = "django.core.cache.backends.filebased.FileBasedCache", {"MAX_ENTRIES": 20_000}
    return {"default": {"BACKEND": kind, "LOCATION": folder, "OPTIONS": room}}
