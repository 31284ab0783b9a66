"""What the service of stations tells of the stations of a town, and what becomes of it here."""

from pydantic import ConfigDict

from contracts.vocabulary import Day, StationId, TownId
from eventing.decision import Command
from services.enterprise.commands.registration import EnterpriseCommand


class StationOfTown(Command):
    """Given by policies: about one station in one town."""

    station: StationId
    town: TownId


class NoteStation(StationOfTown):
    """Given by the policies `note-…`: it serves that town from that day on, up to the day before `until`."""

    since: Day
    until: Day | None


class NoteStationGone(StationOfTown):
    """Given by the policy `note-closed-station`: it is closed for good from that day on."""

    closed_on: Day


class TellOfClosing(EnterpriseCommand):
    """Given by the policy `tell-of-closed-station`: the enterprise's union is told."""

    station: StationId
    town: TownId
    closed_on: Day


class SeeClosing(EnterpriseCommand):
    """已知悉撤站: the enterprise's union knows that the station is closed; nothing is left to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"enterprise": "91610102MA0000007T", "station": "s-610102-001", "seen_on": "2025-06-30"},
            ]
        }
    )

    station: StationId
    seen_on: Day
