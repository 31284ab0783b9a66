"""Who may not be a union's chair? (主席任职资格)"""

from eventing.refusal import Invalid
from services.enterprise.commands.founding import ChairPost

NOT_ELIGIBLE = frozenset({ChairPost.HEAD_OF_MANAGEMENT, ChairPost.RELATIVE_OF_HEAD, ChairPost.HEAD_OF_HR})
"""They stand for the employer (docs/domain.md 1, 'Founding', [L])."""


def must_be_eligible(post: ChairPost, field: str) -> None:
    """Raises `Invalid`."""
    if post in NOT_ELIGIBLE:
        raise Invalid("not_eligible_as_chair", field, post=post.value)
