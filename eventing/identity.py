"""Who asks: the subject of a signed token, its roles, and the union whose subtree it acts in."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a token may do; where it may do it, its union says."""

    VIEWER = "viewer"
    """Sees what belongs to the union and those below it."""
    OFFICER = "officer"
    """Also enters facts (工会干部)."""
    APPROVER = "approver"
    """Also approves foundings (审批)."""
    KEEPER = "keeper"
    """Reads from the vault who somebody is and how to reach them (联系人信息)."""
    SUBSCRIBER = "subscriber"
    """Another system that reads the feed."""
    OPERATOR = "operator"
    """Runs the platform: clock, readiness, later parking and rebuild."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`subject` is the token's pseudonym for a person or a system, never a name."""

    subject: str
    roles: frozenset[Role]
    union: str


NOBODY = Actor("anonymous", frozenset(), "")
"""Who doesn't say who they are: without roles or union, so that only what is declared for anyone serves them."""
