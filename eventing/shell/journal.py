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
_CAUSES = 4
_QUIET_SECONDS = 5.0
"""A library's same message is logged once in so long: aiokafka says hundreds in a tenth of a second that a broker is
gone."""
_REMEMBERED = 200
"""So many messages are told apart."""
_BOUND: ContextVar[Mapping[str, str]] = ContextVar("bound", default={})  # noqa: B039, never changed in place


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Log from `level` on to `stream` (stderr); libraries that use `logging` go the same way, from WARNING on."""
    structlog.configure(
        processors=[
            _with_bound,
            structlog.processors.add_log_level,
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


def _with_bound(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**_BOUND.get(), **event}


def _as_json(event: MutableMapping[str, Any], default: Any, **_: Any) -> str:
    return orjson.dumps(event, default).decode()


class _ToJournal(logging.Handler):
    """Only a message's first line: asyncio and uvicorn put an exception's text, which may quote data, below it."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int, str, type[BaseException] | None], tuple[float, int]] = {}
        """When each message was last logged, and how often it was left out since."""

    def emit(self, record: logging.LogRecord) -> None:
        event = record.getMessage().partition("\n")[0]
        level = min(record.levelno // 10 * 10, logging.CRITICAL)
        same = record.name, level, event, record.exc_info[0] if record.exc_info else None
        now = time.monotonic()
        at, left_out = self._said.get(same, (float("-inf"), 0))
        if now < at + _QUIET_SECONDS:
            self._said[same] = at, left_out + 1
            return
        self._said.pop(same, None)
        if len(self._said) >= _REMEMBERED:
            del self._said[next(iter(self._said))]  # the one that was logged longest ago
        self._said[same] = now, 0
        more = {"left_out": left_out} if left_out else {}
        structlog.get_logger().log(level, event, logger=record.name, exc_info=record.exc_info, **more)


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
