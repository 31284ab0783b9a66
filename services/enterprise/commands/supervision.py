"""One that refuses to talk comes under joint supervision (重点督导)."""

from typing import Literal

from pydantic import ConfigDict

from contracts.enterprise import Authority, ContactWay, SupervisionOutcome
from contracts.vocabulary import Day, DocumentNumber
from services.enterprise.commands.registration import EnterpriseCommand


class RecordRefusalContact(EnterpriseCommand):
    """联系记录: enter that it was contacted and refused to talk; contacts on different days count."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "way": "telephone", "contacted_on": "2025-05-12"}]
        }
    )

    way: ContactWay
    contacted_on: Day


class ConfirmRefusal(EnterpriseCommand):
    """确认拒谈: confirm, after two contacts, that it refuses to talk."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"enterprise": "91610102MA0000007T", "confirmed_on": "2025-05-16"}]}
    )

    confirmed_on: Day


class SendSupervisionLetter(EnterpriseCommand):
    """函告: enter the letter that asks an authority to act jointly; one to each."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "enterprise": "91610102MA0000007T",
                    "authority": "labour_inspection",
                    "document": "新工函〔2025〕3号",
                    "sent_on": "2025-05-19",
                }
            ]
        }
    )

    authority: Authority
    document: DocumentNumber
    sent_on: Day


class RecordSupervisionReply(EnterpriseCommand):
    """复函: enter that the authority replied."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"enterprise": "91610102MA0000007T", "authority": "labour_inspection", "replied_on": "2025-06-03"}
            ]
        }
    )

    authority: Authority
    replied_on: Day


class EndSupervision(EnterpriseCommand):
    """结束督导: end joint supervision, with what came of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"enterprise": "91610102MA0000007T", "outcome": "talks", "ended_on": "2025-06-10"}]
        }
    )

    outcome: Literal[SupervisionOutcome.TALKS, SupervisionOutcome.STILL_REFUSING, SupervisionOutcome.NO_CAUSE]
    ended_on: Day


class CloseSupervision(EnterpriseCommand):
    """Given by the policies `supervision …`: it no longer refuses, or is gone."""

    outcome: SupervisionOutcome
    ended_on: Day
