"""Two enterprises of a county have similar names: what are they to each other? (同名研判)"""

from pydantic import ConfigDict

from contracts.enterprise import NameEvidence, NameVerdict
from contracts.vocabulary import CreditCode, Day, PersonId
from services.enterprise.commands.registration import EnterpriseCommand


class AdjudicateName(EnterpriseCommand):
    """同名研判: decide what the enterprise is to the other one; once for each two.

    `same` closes the enterprise as a duplicate, `branch` makes it a branch of the other one.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "other": "91610102000000027R",
                    "verdict": "different",
                    "evidence": "licence",
                    "decided_by": "p-7f3k9a2c",
                    "decided_on": "2025-05-20",
                }
            ]
        }
    )

    other: CreditCode
    verdict: NameVerdict
    evidence: NameEvidence
    decided_by: PersonId
    decided_on: Day
