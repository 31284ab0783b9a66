"""What has to be done on the way to a union: a simplified application is answered within its working days."""

from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES

DUTIES: tuple[Duties, ...] = (
    Duties(
        "approval",
        ENTERPRISES,
        """
        select enterprise, union_id, approval_due_on as due_on, false as overdue, false as returned
        from {rows} where approval_due_on is not null and unionized_on is null
        """,
    ),
)
