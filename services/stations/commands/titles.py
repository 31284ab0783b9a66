"""A station's titles (称号)."""

from pydantic import ConfigDict

from contracts.stations import Title
from contracts.vocabulary import AskedName, Day, PublicName
from services.stations.commands.stations import StationCommand


class GrantTitle(StationCommand):
    """授予称号: enter a title that a body granted. The platform grants none itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "title": "most_beautiful",
                    "granted_by": "浙江省总工会",
                    "granted_on": "2025-04-28",
                }
            ]
        }
    )

    title: Title
    granted_by: AskedName
    granted_on: Day


class WithdrawTitle(StationCommand):
    """撤销称号: enter that the body took it back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "title": "most_beautiful",
                    "granted_by": "浙江省总工会",
                    "withdrawn_on": "2025-06-16",
                }
            ]
        }
    )

    title: Title
    granted_by: PublicName
    """As it was entered: what commands take by now need not be what an old title has."""
    withdrawn_on: Day
