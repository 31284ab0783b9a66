"""Tickets by a link: who has it may return the ticket, and nobody is asked who they are."""

from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from contracts.stations import TicketId
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from services.stations.commands import BookTicket, ReturnTicket
from services.stations.commands.phone import Phone
from services.stations.commands.services import AskedService

Proof = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", examples=["9f86d081884c7d659a2feaa0c55ad015"])]
"""The secret half of a ticket's link. Without it a ticket's id, which stands in events, returns nothing."""


class BookingAsked(BaseModel):
    """One place for one telephone number. It is kept encrypted, and goes 30 days after the service's day."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"service": "d-330110-001-20250516-1", "phone": "0571-00000000"}]},
    )

    service: AskedService
    phone: Phone


class ReturnAsked(BaseModel):
    """What stands in the ticket's link."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    service: AskedService
    ticket: TicketId
    proof: Proof


class Booked(BaseModel):
    """The ticket: keep it, it is what returns the place."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    service: str
    ticket: TicketId
    proof: Proof


async def book(desk: Desk, asked: BookingAsked) -> Booked:
    """The ticket's id follows from the request's key, so that a repeat gets the same one."""
    key = desk.checked_key()
    ticket = ticket_id(desk.proof("ticket", asked.service, key))
    await desk.have_done(BookTicket(service=asked.service, ticket=ticket, phone=asked.phone), key)
    return Booked(service=asked.service, ticket=ticket, proof=desk.proof("return", asked.service, ticket))


async def give_back(desk: Desk, asked: ReturnAsked) -> Response:
    """Raises `NotFound` for a wrong proof, as for a ticket that was never given out."""
    if not desk.proves(asked.proof, "return", asked.service, asked.ticket):
        raise NotFound("ticket_unknown", "ticket")
    return await desk.do(ReturnTicket(service=asked.service, ticket=asked.ticket))


def ticket_id(proof: str) -> str:
    """Digit and letter in turn, 16 times; as hard to guess as the proof it is made from."""
    return "k-" + "".join(f"{byte % 10}{chr(ord('a') + byte // 10)}" for byte in bytes.fromhex(proof))
