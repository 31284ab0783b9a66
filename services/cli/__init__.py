"""The `gonglian` command. Each of its words lies in a module of its own, imported when it is said."""

from importlib import import_module

import click

_WORDS = {
    "serve": "serve",
    "token": "serve",
    "demo": "demo",
    "run": "run",
    "secrets": "secrets",
    "parked": "parked",
    "topics": "topics",
    "audit": "audit",
    "backup": "backup",
    "restore": "backup",
    "recover": "recover",
    "relay": "relay",
    "rebuild": "rebuild",
    "parity": "parity",
    "timeline": "timeline",
    "ledger": "ledger",
}
"""Word to module; the module holds a command of that name."""


class _Words(click.Group):
    def list_commands(self, _: click.Context) -> list[str]:
        return list(_WORDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in _WORDS:
            return None
        command: click.Command = getattr(import_module(f"services.cli.{_WORDS[name]}"), name)
        return command


@click.command(cls=_Words)
def main() -> None:
    """工联 gonglian: the platform for regional trade unions."""
