"""The HTTP application of one service: its routes, its feed, its refusals, its documents."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from eventing.moment import Moment
from eventing.shell.access import check_declared
from eventing.shell.correlation import Correlation
from eventing.shell.desk import at_desk
from eventing.shell.docs import docs_routes
from eventing.shell.feed_route import feed_routes
from eventing.shell.ledger_routes import ledger_routes
from eventing.shell.limits import Limits
from eventing.shell.metrics import Metrics, Timing
from eventing.shell.operator_routes import operator_routes
from eventing.shell.problems import Problems, install
from eventing.shell.runtime import Runtime
from eventing.shell.settings import Settings
from eventing.shell.texts import Texts


def application(runtime: Runtime) -> FastAPI:
    """Raises `Undeclared` for a route that doesn't say who may call it, or says so and checks nobody."""
    service, settings = runtime.service, runtime.settings
    moment = Moment(runtime.clock.now())
    owner = moment.unions.of_region(settings.region, moment.today)
    routers = [
        service.router,
        docs_routes(service.name, f"gonglian {service.name}", "1"),
        operator_routes(service.name, runtime, owner),
    ]
    if service.decisions:
        routers.append(feed_routes(service.name, runtime.log, owner))
    texts = Texts(service.home)
    if service.ledgers:
        routers.append(ledger_routes(service.name, service.ledgers, service.router, texts))
    app = shelled(routers, Problems(texts, settings.public_url), settings, runtime.metrics)
    app.state.runtime = runtime
    check_declared(app, at_desk)
    return app


def shelled(routers: Sequence[APIRouter], problems: Problems, settings: Settings, metrics: Metrics) -> FastAPI:
    """An application in the shell that every one has: correlation, timing, limits, refusals."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in routers:
        app.include_router(router)
    install(app, problems)
    # The last one added is the outermost.
    app.add_middleware(Limits, problems=problems, max_body_bytes=settings.max_body_bytes)
    app.add_middleware(Timing, metrics=metrics)
    app.add_middleware(Correlation, problems=problems)
    return app
