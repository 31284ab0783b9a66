"""What the scoreboard knows of one enterprise: its facts by the days from which they hold, and its figures by day."""

from datetime import date

from msgspec import Struct

from contracts.enterprise import Ownership, SizeClass, UnionForm


class Described(Struct, frozen=True, array_like=True):
    """What it is from that day on."""

    day: date
    name: str
    ownership: Ownership


class Placed(Struct, frozen=True, array_like=True):
    """Where it counts from that day on, as recorded (the county may have got another code since), and who looks after
    it."""

    day: date
    county: str
    union: str


class Counted(Struct, frozen=True, array_like=True):
    """Its workers from that day on."""

    day: date
    headcount: int
    """With a labour contract."""
    dispatched: int
    """Beside them: they count for no rate."""
    size_class: SizeClass | None
    """The statistics bureau's; None: not known."""


class Reported(Struct, frozen=True, array_like=True):
    """How many members its own union had at the end of that day, a month's last."""

    day: date
    members: int


class Spell(Struct, frozen=True, array_like=True):
    """Something holds from `since` on, until the day before `until`; None: it goes on."""

    since: date
    until: date | None


class Membership(Struct, frozen=True, array_like=True):
    """It has a union of its own, or is a unit of a joint one, from `since` on, until the day before `until`."""

    since: date
    until: date | None
    form: UnionForm
    members: int
    """At the beginning."""


class EnterpriseRow(Struct, frozen=True):
    """One enterprise. Its facts come from several streams, in any order: one that nobody has registered yet counts
    nowhere.

    The last four columns follow from the others (`counting.py`). Board and drill-through both go by them, so they
    can't disagree on any day.
    """

    code: str
    union_id: str | None = None
    """The union that looks after it now; None: not registered yet."""
    listed: tuple[Spell, ...] = ()
    """When it stands on the drive's list and is active."""
    described: tuple[Described, ...] = ()
    placed: tuple[Placed, ...] = ()
    counted: tuple[Counted, ...] = ()
    unions: tuple[Membership, ...] = ()
    """Own unions, one after the other."""
    units: tuple[Membership, ...] = ()
    """Joint unions and small-and-micro federations that it was a unit of."""
    reported: tuple[Reported, ...] = ()
    shells: tuple[Spell, ...] = ()
    """When its own union looked like a shell (空壳工会)."""
    baseline_on: date | None = None
    """When its county closed its survey with it on the list."""
    overdue: tuple[Spell, ...] = ()
    """When a visit was overdue."""
    plans: tuple[Spell, ...] = ()
    """When it stood on the county's work list."""
    alongside: tuple[Spell, ...] = ()
    """When its union was walked with (60天陪跑)."""
    days: tuple[date, ...] = ()
    """The days from which a figure of it is another one, in their order; the next three have one entry each."""
    counties: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()
    """Which of `FIGURES` it is one of: a bit each."""
    members: tuple[int, ...] = ()
