"""Who keeps a station for the host body (驿站管理员): a pseudonym outside, a person in the vault."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.vocabulary import Day, PersonId
from eventing.vault import Kept
from services.stations.commands.phone import Phone
from services.stations.commands.stations import StationCommand

PersonName = Annotated[
    str,
    # Not written as a public name's pattern is, by which its example would be told, and a name taken for a public one.
    Field(min_length=1, max_length=40, pattern=r"^[^<>\x00-\x1f\x7f]+$", examples=["示例管理员"], repr=False),
]
"""As they are called; only ever in the vault."""


class NameHost(StationCommand):
    """确定驿站管理员: say who keeps it, and how to reach them; again where the number has changed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "host": "p-7f3k9a2c",
                    "name": "示例管理员",
                    "phone": "0571-00000000",
                    "named_on": "2025-05-06",
                }
            ]
        }
    )

    host: PersonId
    name: Annotated[PersonName, Kept("name")]
    phone: Annotated[Phone, Kept("phone")]
    named_on: Day
