"""Which enterprises stand behind a number of the board: the same bits that its sums are made of, looked up by day."""

from dataclasses import dataclass

from eventing.refusal import Invalid
from services.projection.queries.board import Count
from services.projection.scoreboard import BIT, Metric, bit


@dataclass(frozen=True, slots=True)
class Behind:
    """All of the bits `wanted` and none of `unwanted`; `gained`: with another number of members than the month before
    had at its end."""

    wanted: int = 0
    unwanted: int = 0
    gained: bool = False

    def narrowed(self, choice: bool | None, bits: int) -> "Behind":
        """Only those of them with that bit, or only those without; None: all."""
        match choice:
            case None:
                return self
            case True:
                return Behind(self.wanted | bits, self.unwanted)
            case False:
                return Behind(self.wanted, self.unwanted | bits)


def of_count(count: Count) -> Behind:
    match count:
        case Count.MEMBERS_GAINED:
            return Behind(gained=True)
        case Count.MEMBERS:
            return Behind(BIT["with_members"])
        case _:
            return Behind(BIT[count.value])


def of_rate(
    metric: Metric, covered: bool | None, shell: bool | None, derived: bool | None, baseline: bool | None
) -> Behind:
    """Raises `Invalid` for what is told of another rate only."""
    if derived is not None and metric is not Metric.SMALL_MICRO_COVERED:
        raise Invalid("derived_of_small_ones", "derived")
    if baseline:
        return (
            Behind(bit(metric, "baseline"))
            .narrowed(covered, bit(metric, "baseline_covered"))
            .narrowed(shell, bit(metric, "hollow"))
            .narrowed(derived, BIT["derived"])
        )
    return (
        Behind(bit(metric, "total"))
        .narrowed(covered, bit(metric, "covered"))
        .narrowed(shell, bit(metric, "hollow"))
        .narrowed(derived, BIT["derived"])
        .narrowed(baseline, bit(metric, "baseline"))
    )
