"""The log: JSON lines on stderr with time, level, event and correlation id.

Never in it: request bodies, tokens, query strings, and what an exception quotes of them.
"""

import logging
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

_FOREIGN = ("uvicorn", "uvicorn.error", "uvicorn.access", "aiokafka", "faststream", "asyncpg", "asyncio")
_FRAMES = 12
_WITHHELD = 60.0
_REMEMBERED = 200
_CAUSES = 4
_BOUND: ContextVar[Mapping[str, str]] = ContextVar("bound", default={})  # noqa: B039, never changed in place


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Log from `level` on to `stream` (stderr); libraries that use `logging` go the same way, from WARNING on."""
    structlog.configure(
        processors=[
            _with_bound,
            structlog.processors.add_log_level,
            _Repeats(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_failure,
            structlog.processors.JSONRenderer(_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_ToJournal()]
    root.setLevel(logging.WARNING)
    for name in _FOREIGN:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)


@contextmanager
def bind(**given: str) -> Iterator[None]:
    """Put these, the correlation id say, on every line logged inside."""
    token = _BOUND.set({**_BOUND.get(), **given})
    try:
        yield
    finally:
        _BOUND.reset(token)


class _Repeats:
    """What is said again within a minute, word for word, is counted; the next time that it is let through it says so.

    While a broker is gone aiokafka says so forty times a second for each topic, and its loss of a topic 300 times.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[object, ...], tuple[float, int]] = {}

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        # An exception has its own story, and what isn't amiss is told as often as it happens.
        if event["level"] not in ("warning", "error") or event.get("exc_info"):
            return event
        words, now = tuple(f"{name}={event[name]}" for name in sorted(event)), time.monotonic()
        since, withheld = self._said.pop(words, (float("-inf"), 0))
        if now - since < _WITHHELD:
            self._said[words] = (since, withheld + 1)
            raise structlog.DropEvent
        self._said[words] = (now, 0)
        if len(self._said) > _REMEMBERED:
            del self._said[next(iter(self._said))]
        return {**event, "withheld": withheld} if withheld else event


def _with_bound(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**_BOUND.get(), **event}


def _as_json(event: MutableMapping[str, Any], default: Any, **_: Any) -> str:
    return orjson.dumps(event, default).decode()


class _ToJournal(logging.Handler):
    """Only a message's first line: asyncio and uvicorn put an exception's text, which may quote data, below it."""

    def emit(self, record: logging.LogRecord) -> None:
        event = record.getMessage().partition("\n")[0]
        level = min(record.levelno // 10 * 10, logging.CRITICAL)
        structlog.get_logger().log(level, event, logger=record.name, exc_info=record.exc_info)


def _tell_failure(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["failure"] = [_told(one) for one in _chain(error)]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict[str, object]:
    """Type and place. No message: pydantic quotes the input in it, PostgreSQL the row; the system's own are safe."""
    kind = type(error)
    told: dict[str, object] = {"type": f"{kind.__module__}.{kind.__qualname__}"}
    if isinstance(error, OSError):
        told["message"] = str(error)
    if sqlstate := getattr(error, "sqlstate", None):
        told["sqlstate"] = sqlstate
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return told | {"at": [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]}
