"""Poison or blink? An event that can't be applied parks its stream; a database or feed that is away is waited for."""

import asyncpg

from eventing.lease import GONE, LeaseLost
from eventing.reader.position import Moved
from eventing.reader.source import FeedUnreachable
from eventing.store import Conflict

BLINKS = (*GONE, FeedUnreachable, LeaseLost, Conflict, Moved, MemoryError)
"""What passes by itself: it is waited for."""

_OF_THE_DATA = ("22", "23")
"""SQLSTATE classes that the same data meets again and again: data exception, integrity constraint violation."""


def is_poison(error: Exception) -> bool:
    """Whether the event is to blame: the fold's or decider's own exception, or what PostgreSQL says of its data."""
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "").startswith(_OF_THE_DATA)
    return not isinstance(error, BLINKS)


def kind_of(error: Exception) -> str:
    """What may be told of an error: its type, and its SQLSTATE if it has one. Its message may quote data."""
    sqlstate = getattr(error, "sqlstate", None)
    return type(error).__name__ + (f" {sqlstate}" if sqlstate else "")
