"""One service in a process of its own, as containers run it; its settings are in the environment (`GONGLIAN_…`)."""

import click

from services.cli.options import explained
from services.platform import BY_NAME


@click.command()
@click.argument("service", envvar="GONGLIAN_SERVICE", type=click.Choice([*BY_NAME, "platform"]))
def run(service: str) -> None:
    """运行一个服务。Run one service until it is told to stop (SIGTERM, Ctrl-C).

    platform 不是服务，而是网关自己的路径。`platform` is no service but the gateway's own paths.
    """
    import uvloop

    from eventing.shell import settings
    from eventing.shell.process import serve, serve_platform

    with explained():
        if service == "platform":
            uvloop.run(serve_platform(list(BY_NAME), settings.read()))
        else:
            uvloop.run(serve(BY_NAME[service](), settings.read(), tuple(BY_NAME)))
