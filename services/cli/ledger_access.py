"""Where a ledger's rows go and who brings them: the embedded platform, or one at an address with a token."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventing.embedded import CannotStart, Home

if TYPE_CHECKING:
    import httpx

AT = click.option("--at", metavar="URL", help="平台地址 Address of the platform; left out: the one on --data.")
TOKEN = click.option("--token", help="令牌 Token of an officer (见 gonglian token); others may see it in `ps`.")
TOKEN_FILE = click.option(
    "--token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="令牌所在文件 File with the token.",
)
UNION = click.option(
    "--union", help="嵌入式平台：以哪个工会的干部办理 On the embedded platform: as an officer of this union."
)
_SUBJECT = "p-officer1"


@dataclass(frozen=True, slots=True)
class Access:
    """An address and a token for it."""

    url: str
    token: str

    def client(self, language: str) -> "httpx.AsyncClient":
        """Speaks to the platform as that officer, and is answered in that language."""
        import httpx

        from demo.wire import Wire

        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": language}
        # httpx's own transport costs more than the service's decision; it is left for what needs TLS.
        transport = Wire() if self.url.startswith("http://") else None
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60, transport=transport, trust_env=False)


def access(at: str | None, token: str | None, token_file: Path | None, union: str | None, data: Path) -> Access:
    """Raises `CannotStart`, and click's error where there is no token and none can be made."""
    if token_file is not None:
        token = token_file.read_text("utf-8").strip()
    if at is not None:
        if token is None:
            raise click.UsageError("--at 需要 --token 或 --token-file。--at needs a token.")
        return Access(at.rstrip("/"), token)
    home = Home(data)
    said = home.said()
    if said is None:
        raise CannotStart(
            "not-running",
            f"{data} 上没有正在运行的平台。请先启动 gonglian serve --data {data}，或用 --at 给出地址。",
            f"No platform is running on {data}. Start it (gonglian serve --data {data}), or say --at URL.",
        )
    return Access(said[0].rstrip("/"), token or _issued(home, union))


def _issued(home: Home, union: str | None) -> str:
    from eventing.identity import Role
    from eventing.shell.issuer import Issuer
    from eventing.shell.settings import Settings

    if union is None:
        raise click.UsageError("请给出 --union 或 --token。Say --union, or give a token.")
    settings = Settings()
    issuer = Issuer(home.root, settings.issuer, settings.audience)
    return issuer.token(_SUBJECT, [Role.OFFICER, Role.VIEWER], union, timedelta(hours=8))
