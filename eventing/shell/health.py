"""Whether the process lives, whether it is ready, and what it measures: for probes and operators, without a token."""

from fastapi import APIRouter, Request, Response

from eventing.refusal import Busy
from eventing.shell.access import anyone
from eventing.shell.metrics import Metrics
from eventing.shell.problems import Problems


class Health:
    """The parts that must work for the process to be ready. Whoever runs a part says how it does.

    A reason is read by anybody: name what is wrong, never quote an exception.
    """

    def __init__(self) -> None:
        self._said: dict[str, str] = {}
        self._up: set[str] = set()

    def up(self, part: str, note: str = "up") -> None:
        self._up.add(part)
        self._said[part] = note

    def down(self, part: str, reason: str) -> None:
        self._up.discard(part)
        self._said[part] = reason

    def forget(self, part: str) -> None:
        """The part is no more."""
        self._up.discard(part)
        self._said.pop(part, None)

    @property
    def parts(self) -> dict[str, str]:
        """What was said last of each part, by its name."""
        return dict(sorted(self._said.items()))

    @property
    def unready(self) -> list[str]:
        """The parts that are down, each with its reason."""
        return [f"{part} ({said})" for part, said in self.parts.items() if part not in self._up]


def health_routes(health: Health, metrics: Metrics, problems: Problems) -> APIRouter:
    """`/healthz`: the process lives. `/readyz`: 200, or 503 with what isn't ready. `/metrics`: for Prometheus."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz", **anyone())
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz", response_model=None, **anyone())
    async def readyz(request: Request) -> Response | dict[str, object]:
        if unready := health.unready:
            return problems.answer(request, Busy("not_ready", parts=unready), parts=health.parts)
        return {"status": "ready", "parts": health.parts}

    @router.get("/metrics", **anyone())
    async def measurements() -> Response:
        text, content_type = metrics.render()
        return Response(text, headers={"content-type": content_type})

    return router
