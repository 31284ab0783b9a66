"""The visits that are due to willing enterprises (入企深谈)."""

from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES

DUTIES: tuple[Duties, ...] = (
    Duties(
        "visit",
        ENTERPRISES,
        """
        select enterprise, union_id, visit_due_on as due_on, visit_overdue as overdue, false as returned from {rows}
        where will = 'willing' and visit_due_on is not null and visited_on is null and unionized_on is null
        """,
    ),
)
