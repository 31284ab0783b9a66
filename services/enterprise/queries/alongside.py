"""The 60 days alongside that end (60天陪跑)."""

from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES

DUTIES: tuple[Duties, ...] = (
    Duties(
        "alongside",
        ENTERPRISES,
        """
        select enterprise, union_id, alongside_until as due_on, false as overdue, false as returned from {rows}
        where alongside_until is not null
        """,
    ),
)
