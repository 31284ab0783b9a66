"""What `gonglian token` can be asked for."""

from eventing.identity import Role
from services.cli.serve import ROLES


def test_a_token_of_every_role_can_be_issued() -> None:
    """Else what a role alone may do, such as reading a host's number, couldn't be done on the embedded platform."""
    assert set(ROLES) == set(Role)
