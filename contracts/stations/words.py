"""Programme 2's codes: what a station is and has, why something was done; each a list of its own."""

from enum import StrEnum


class TownKind(StrEnum):
    """What a district's list counts (镇街/平台)."""

    TOWN = "town"
    SUBDISTRICT = "subdistrict"
    PLATFORM = "platform"


class StationKind(StrEnum):
    """A room that stays (固定驿站), or a cabin that is placed (移动驿站、小木屋)."""

    FIXED = "fixed"
    MOBILE = "mobile"


class OpenOn(StrEnum):
    """The days on which a time of opening holds: one weekday, or China's working days."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    WORKING_DAYS = "working_days"


class SuspensionReason(StrEnum):
    """Why a station is shut for a while (暂停开放)."""

    RENOVATION = "renovation"
    EQUIPMENT = "equipment"
    WEATHER = "weather"
    HOST = "host"
    SAFETY = "safety"


class ClosingReason(StrEnum):
    """Why a station is closed for good (撤站)."""

    REPLACED = "replaced"
    HOST_WITHDREW = "host_withdrew"
    DEMOLISHED = "demolished"
    UNUSED = "unused"
    MISTAKE = "mistake"
    """It was entered by mistake (误录)."""


class Equipment(StrEnum):
    """What a station has for whoever comes in (docs/domain.md 2, 'Equipment')."""

    SEATING = "seating"
    AIR_CONDITIONING = "air_conditioning"
    REFRIGERATOR = "refrigerator"
    MICROWAVE = "microwave"
    DRINKING_WATER = "drinking_water"
    FIRST_AID = "first_aid"
    TELEVISION = "television"
    CHARGING = "charging"


class Symptom(StrEnum):
    """What is wrong with it, as somebody saw it."""

    BROKEN = "broken"
    MISSING = "missing"
    EMPTY = "empty"
    UNSAFE = "unsafe"


class DismissalReason(StrEnum):
    """Why a reported fault is none."""

    WORKS = "works"
    KNOWN_ALREADY = "known_already"
    NOT_THERE = "not_there"


class Title(StrEnum):
    """A title that a body grants (称号)."""

    MOST_BEAUTIFUL = "most_beautiful"
    """最美工会驿站."""
    MODEL = "model"
    """示范驿站."""


class ServiceKind(StrEnum):
    """What a station offers on a day (驿站服务日)."""

    HAIRCUT = "haircut"
    REPAIRS = "repairs"
    LEGAL_ADVICE = "legal_advice"
    FILM = "film"
    MARKET = "market"


class CancellationReason(StrEnum):
    """Why a service doesn't take place."""

    WEATHER = "weather"
    PROVIDER = "provider"
    STATION_SHUT = "station_shut"
    TOO_FEW = "too_few"


class StationMetric(StrEnum):
    """What a district strives for."""

    TOWNS_WITH_CABIN = "towns_with_cabin"
    """Towns, subdistricts and platforms with a mobile station."""
    STATIONS_OPEN = "stations_open"


class StationTargetReason(StrEnum):
    """Why a target was set anew."""

    PLAN = "plan"
    RAISED = "raised"
    LOWERED = "lowered"
    CORRECTED = "corrected"
