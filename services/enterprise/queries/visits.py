"""Which visits fall due? (入企深谈)"""

from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES

DUTIES = (
    Duties(
        "visit",
        ENTERPRISES,
        # A will that is no longer there, and a clock that stands still, have no due day.
        "select enterprise, union_id, visit_due_on as due_on, visit_overdue as overdue, false as returned from {rows}"
        " where visit_due_on is not null and visited_on is null and unionized_on is null",
    ),
)
