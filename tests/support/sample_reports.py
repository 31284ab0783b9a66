"""A sample of each event about monthly reports."""

from datetime import date

from contracts.enterprise import Metric
from contracts.event import Event
from contracts.projection import (
    LateChange,
    ReportAccepted,
    ReportReturned,
    ReportSealed,
    ReturnReason,
    SealedFigure,
    SourceRead,
)

_COUNTY, _MONTH, _UP = "610102", "2025-05", "u-610100"

SEALED = ReportSealed(
    region=_COUNTY,
    month=_MONTH,
    edition=1,
    union="u-610102",
    sent_to=_UP,
    sources=(SourceRead(source="/regions/610000/enterprise", sequence=41, parked=0),),
    figures=(
        SealedFigure(
            region=_COUNTY,
            metric=Metric.OWN_UNION_100,
            total=40,
            covered=30,
            derived=0,
            percent=85,
            due_on=date(2025, 12, 31),
        ),
        SealedFigure(
            region=_COUNTY, metric=Metric.UNION_50, total=60, covered=45, derived=0, percent=None, due_on=None
        ),
    ),
    since=(
        LateChange(
            month="2025-04",
            region=_COUNTY,
            metric=Metric.OWN_UNION_100,
            total_sealed=39,
            covered_sealed=28,
            total=40,
            covered=28,
        ),
    ),
    sealed_on=date(2025, 6, 3),
)

RETURNED = ReportReturned(
    region=_COUNTY,
    month=_MONTH,
    edition=1,
    reason=ReturnReason.ENTRIES_MISSING,
    by=_UP,
    returned_on=date(2025, 6, 5),
)

ACCEPTED = ReportAccepted(region=_COUNTY, month=_MONTH, edition=2, by=_UP, accepted_on=date(2025, 6, 9))

REPORTS: tuple[Event, ...] = (SEALED, RETURNED, ACCEPTED)
