"""What the id of a service of the day says: `d-330110-001-20250516-1` is at station `s-330110-001` on that day."""

from datetime import date


def station_of(service: str) -> str:
    district, number, _, _ = service.removeprefix("d-").split("-")
    return f"s-{district}-{number}"


def day_of(service: str) -> date:
    """Raises `ValueError` where there is no such day."""
    return date.fromisoformat(service.split("-")[3])


def district_of(service: str) -> str:
    return service[2:8]
