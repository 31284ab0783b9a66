"""What ends an enterprise's place on the list: the events that do, as a code and the day from which on it is gone."""

from datetime import date
from enum import StrEnum

from contracts.enterprise import EnterpriseClosed, EnterpriseLeft, EnterpriseMerged

EndEvent = EnterpriseClosed | EnterpriseMerged | EnterpriseLeft


class End(StrEnum):
    """How an enterprise ended (终止方式)."""

    CLOSED = "closed"
    MERGED = "merged"
    LEFT = "left"
    """For another province."""


def end_of(event: EndEvent) -> tuple[End, date]:
    """How, and from which day on."""
    match event:
        case EnterpriseClosed():
            return End.CLOSED, event.closed_on
        case EnterpriseMerged():
            return End.MERGED, event.merged_on
        case EnterpriseLeft():
            return End.LEFT, event.left_on
