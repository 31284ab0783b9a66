"""What a process measures; labels are names of code and of logs, never of people, and never without bound."""

from enum import StrEnum
from time import perf_counter

from fastapi.routing import iter_route_contexts
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class Outcome(StrEnum):
    """What became of a command."""

    DONE = "done"
    REPEATED = "repeated"
    REFUSED = "refused"
    FAILED = "failed"


class Metrics:
    """One process's measurements, in the registry that it is given."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.relay_lag_events = Gauge(
            "gonglian_relay_lag_events", "Events not yet published", ["service"], registry=registry
        )
        self.relay_lag_seconds = Gauge(
            "gonglian_relay_lag_seconds", "Age of the oldest event not yet published", ["service"], registry=registry
        )
        self.reader_lag_events = Gauge(
            "gonglian_reader_lag_events", "Events below the source's head", ["reader", "source"], registry=registry
        )
        self.parked_streams = Gauge(
            "gonglian_parked_streams", "Streams set aside for an error", ["reader", "source"], registry=registry
        )
        self.unknown_events = Gauge(
            "gonglian_unknown_events",
            "Events passed over, of types that this code doesn't know",
            ["reader", "source"],
            registry=registry,
        )
        self.unreadable_records = Gauge(
            "gonglian_unreadable_records", "Records that are no event", ["reader", "source"], registry=registry
        )
        self.deadline_lag_seconds = Gauge(
            "gonglian_deadline_lag_seconds", "How long the oldest due deadline waits", ["service"], registry=registry
        )
        self.events_appended = Counter(
            "gonglian_events_appended", "Events appended, by the command's service", ["service"], registry=registry
        )
        self.command_seconds = Histogram(
            "gonglian_command_seconds",
            "From a command's arrival to its commit or refusal",
            ["service", "command", "outcome"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.request_seconds = Histogram(
            "gonglian_request_seconds",
            "From a request's arrival to the start of its answer",
            ["route", "method", "status"],
            buckets=_SECONDS,
            registry=registry,
        )

        self._of_command: dict[tuple[str, str, Outcome], Histogram] = {}

    def command_done(self, service: str, command: str, outcome: Outcome, seconds: float, events: int) -> None:
        """A command of a service ended so, after so many seconds, with so many new events."""
        labels = service, command, outcome
        if (histogram := self._of_command.get(labels)) is None:
            histogram = self._of_command[labels] = self.command_seconds.labels(*labels)
        histogram.observe(seconds)
        if events:
            self.events_appended.labels(service).inc(events)

    def render(self) -> tuple[bytes, str]:
        """The measurements as Prometheus reads them, and their content type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class Timing:
    """ASGI middleware: how long each route takes, by its template; what matches no route counts as one."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._seconds = app, metrics.request_seconds
        self._templates: dict[int, str] = {}
        self._of_labels: dict[tuple[str, str, str], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        since, told = perf_counter(), False

        def tell(status: int) -> None:
            nonlocal told
            told = True
            method = scope["method"] if scope["method"] in _METHODS else "other"
            labels = self._template(scope), method, f"{status // 100}xx"
            if (histogram := self._of_labels.get(labels)) is None:
                histogram = self._of_labels[labels] = self._seconds.labels(*labels)
            histogram.observe(perf_counter() - since)

        async def send_and_tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                tell(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, send_and_tell)
        except Exception:
            if not told:
                tell(500)
            raise

    def _template(self, scope: Scope) -> str:
        """The route's path with its prefixes: the route itself doesn't know under which it was included."""
        route = scope.get("route")
        if route is not None and id(route) not in self._templates:
            contexts = iter_route_contexts(scope["app"].routes)
            self._templates |= {id(context.original_route): context.path or "" for context in contexts}
        return self._templates.get(id(route), "unmatched")
