"""Programme 1's codes: who owns it, what it said, why something was done; each a list of its own."""

from enum import StrEnum


class Ownership(StrEnum):
    """Who owns it; the drive counts the non-public ones (非公)."""

    PRIVATE = "private"
    FOREIGN = "foreign"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    MIXED_PRIVATE_CONTROLLED = "mixed_private_controlled"
    COLLECTIVE = "collective"
    STATE = "state"


class SizeClass(StrEnum):
    """The statistics bureau's size class (统计上大中小微型企业划分)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Will(StrEnum):
    """What the enterprise said when it was asked (建会意愿)."""

    WILLING = "willing"
    HESITANT = "hesitant"
    REFUSING = "refusing"


class UnionForm(StrEnum):
    """How an enterprise is covered: own union (单独), joint union (联合), unit of a small-and-micro federation."""

    OWN = "own"
    JOINT = "joint"
    SMALL_MICRO_FEDERATION = "small_micro_federation"


class Metric(StrEnum):
    """The drive's rates (docs/domain.md 1, 'Targets'). They overlap."""

    OWN_UNION_100 = "own_union_100"
    """百人以上单独建会率: of those with 100 or more workers, a union of their own."""
    UNION_50 = "union_50"
    """五十人以上建会率: of those with 50 or more workers (100 and more among them), an own or joint union."""
    SMALL_MICRO_COVERED = "small_micro_covered"
    """小微企业覆盖率: of the small and micro ones, covered in any form, with at least one member."""


class NameVerdict(StrEnum):
    """What two enterprises of similar names are to each other (同名研判)."""

    SAME = "same"
    DIFFERENT = "different"
    BRANCH = "branch"


class NameEvidence(StrEnum):
    """What the verdict on two similar names rests on."""

    LICENCE = "licence"
    ADDRESS = "address"
    VISIT = "visit"
    STATEMENT = "statement"


class ClosingReason(StrEnum):
    """Why an enterprise is no longer active (注销、吊销等)."""

    DEREGISTERED = "deregistered"
    LICENCE_REVOKED = "licence_revoked"
    BANKRUPT = "bankrupt"
    DUPLICATE = "duplicate"
    """It stood on the list twice."""


class LeavingReason(StrEnum):
    """Why an enterprise has left the province."""

    RELOCATED = "relocated"
    REGISTRATION_MOVED = "registration_moved"


class PauseReason(StrEnum):
    """Why the visit's clock stands still (中止)."""

    ENTERPRISE_ASKED = "enterprise_asked"
    NOBODY_IN_CHARGE_THERE = "nobody_in_charge_there"
    STOPPAGE = "stoppage"
    """停产."""
    FORCE_MAJEURE = "force_majeure"


class ContactWay(StrEnum):
    """How a refusing enterprise was contacted."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    LETTER = "letter"


class Authority(StrEnum):
    """Who supervises jointly with the union (重点督导)."""

    LABOUR_INSPECTION = "labour_inspection"
    MARKET_SUPERVISION = "market_supervision"
    OTHER = "other"


class SupervisionOutcome(StrEnum):
    """How joint supervision ended."""

    TALKS = "talks"
    """It talks with the union now."""
    STILL_REFUSING = "still_refusing"
    NO_CAUSE = "no_cause"
    """The authority saw no cause to act."""
    ENTERPRISE_GONE = "enterprise_gone"
    """It closed, was merged or left the province."""


class PlanStep(StrEnum):
    """What a policy of its own (一企一策) consists of."""

    EXPLAIN_THE_LAW = "explain_the_law"
    TALK_WITH_MANAGEMENT = "talk_with_management"
    TALK_WITH_WORKERS = "talk_with_workers"
    FIND_PREPARERS = "find_preparers"
    TRAIN_PREPARERS = "train_preparers"
    PREPARE_MEETING = "prepare_meeting"


class PlanLeaving(StrEnum):
    """Under which code an enterprise leaves the work list without being struck off."""

    CLOSED = "closed"
    MOVED = "moved"
    BELOW_100 = "below_100"
    OUTSIDE = "outside"
    """It is no non-public enterprise any more."""


class WomenBody(StrEnum):
    """What the meeting elected for women workers."""

    COMMITTEE = "committee"
    MEMBER = "member"


class VacancyReason(StrEnum):
    """Why a union has no chair (主席空缺)."""

    RESIGNED = "resigned"
    LEFT_ENTERPRISE = "left_enterprise"
    RECALLED = "recalled"
    NOT_ELIGIBLE = "not_eligible"


class DissolutionReason(StrEnum):
    """Why a union was dissolved (撤销)."""

    ENTERPRISE_CLOSED = "enterprise_closed"
    ENTERPRISE_MERGED = "enterprise_merged"
    SHELL = "shell"
    MEMBERS_RESOLVED = "members_resolved"


class ShellSign(StrEnum):
    """What a return visit found that makes a union look like a shell (空壳工会)."""

    NO_ACTIVITY = "no_activity"
    NO_MEMBERS = "no_members"
    NO_COMMITTEE = "no_committee"
    NO_DUES = "no_dues"
    NO_SEAL_OR_PLATE = "no_seal_or_plate"


class UnitLeaving(StrEnum):
    """Why an enterprise is no longer a unit of a joint union."""

    OWN_UNION = "own_union"
    CLOSED = "closed"
    MOVED = "moved"
    RESOLVED = "resolved"
    JOINT_UNION_DISSOLVED = "joint_union_dissolved"


class FederationKind(StrEnum):
    """A federation of an industry (行业性) or of an area (区域性)."""

    INDUSTRY = "industry"
    AREA = "area"


class HandOverReason(StrEnum):
    """Why an officer's matters go to another."""

    TRANSFERRED = "transferred"
    ON_LEAVE = "on_leave"
    RETIRED = "retired"
    LOAD = "load"


class TargetReason(StrEnum):
    """Why a target was set or changed."""

    SET_BY_PROVINCE = "set_by_province"
    SHARED_OUT = "shared_out"
    """分解下达."""
    CORRECTED = "corrected"
    CIRCUMSTANCES = "circumstances"
