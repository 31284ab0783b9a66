"""The desk at which a request is served: who asks, what is known now, and the way to have a command done."""

from typing import Annotated

from fastapi import Depends, Request, Response

from eventing.decision import Command
from eventing.identity import Actor
from eventing.moment import Moment
from eventing.refusal import Forbidden


class Desk:
    """One request's view of its service. Written by the shell's author; the signature is what routes rely on."""

    actor: Actor
    moment: Moment

    async def do(self, command: Command) -> Response:
        """Have a command decided; the answer, or `Refused`."""
        raise AssertionError("being written")

    def within(self, union: str) -> bool:
        """Whether the union lies in the subtree of the actor's."""
        return self.moment.unions.is_within(union, self.actor.union, self.moment.today)

    def must_see(self, union: str) -> None:
        """Refuse what belongs to a union outside the actor's subtree."""
        if not self.within(union):
            raise Forbidden("not_your_union", union=union, yours=self.actor.union)


async def at_desk(request: Request) -> Desk:
    raise AssertionError("being written")


AtDesk = Annotated[Desk, Depends(at_desk)]
