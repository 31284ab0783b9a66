"""What several commands share: options, and how a refusal is told."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from eventing.embedded import CannotStart

DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path(".gonglian"), help="数据目录 Folder of the data."
)
JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。Print JSON.")


@contextmanager
def explained() -> Iterator[None]:
    """What can't be done is said in both languages, with exit code 1; a wrong setting with 2."""
    from eventing.shell.settings import Misconfigured

    try:
        yield
    except CannotStart as cannot:
        click.echo(f"{cannot.zh}\n{cannot.en}", err=True)
        sys.exit(1)
    except Misconfigured as wrong:
        click.echo(f"配置有误 Misconfigured:\n{wrong}", err=True)
        sys.exit(2)
