"""An enterprise moves to another county, or leaves the list (迁移、注销、合并、迁出)."""

from pydantic import ConfigDict

from contracts.enterprise import ClosingReason, LeavingReason
from contracts.vocabulary import CreditCode, Day, RegionCode, UnionId
from services.enterprise.commands.registration import EnterpriseCommand


class MoveEnterprise(EnterpriseCommand):
    """迁移: enter that it counts in another county of the province from that day on; the clocks that run go along."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "county": "610103",
                    "union": "u-610103",
                    "moved_on": "2025-06-02",
                }
            ]
        }
    )

    county: RegionCode
    union: UnionId
    """The union that looks after it from then on."""
    moved_on: Day


class CloseEnterprise(EnterpriseCommand):
    """注销、吊销: enter that it is no longer active from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "reason": "deregistered", "closed_on": "2025-06-02"}]
        }
    )

    reason: ClosingReason
    closed_on: Day


class MergeEnterprise(EnterpriseCommand):
    """合并: enter that it has become part of another enterprise on the list from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "into": "91610102000000027R", "merged_on": "2025-06-02"}]
        }
    )

    into: CreditCode
    merged_on: Day


class LeaveProvince(EnterpriseCommand):
    """迁出: enter that it has left for another province from that day on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "province": "510000",
                    "reason": "relocated",
                    "left_on": "2025-06-02",
                }
            ]
        }
    )

    province: RegionCode
    reason: LeavingReason
    left_on: Day
