"""A county closes its survey: what stands on its list that day is its baseline (摸底底册)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day, RegionCode
from eventing.decision import Command
from services.enterprise.commands.registration import EnterpriseCommand


class CloseSurvey(Command):
    """摸底结束: freeze the county's list as its baseline; once for each county."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"county": "610102", "closed_on": "2025-06-30"}]})

    county: RegionCode
    closed_on: Day


class EnterOnBaseline(EnterpriseCommand):
    """Given by the policy `enter on baseline`: the county's survey is closed, and it stood on the list."""

    county: RegionCode
    closed_on: Day
