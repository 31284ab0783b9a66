"""What every published event is: a frozen fact with a context, a version and a stream."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """A fact that other people may rely on.

    `CONTEXT` is the service that publishes it, `STREAM` says from which of its fields the stream id is made.
    A field that this version doesn't know is ignored: the contract only grows (invariant 11).
    What needs more than growth gets the next `VERSION`; the old one is kept beside it, with an upcaster.
    An `INTERNAL` one is for the service that publishes it: no other may read it, no read model that is shared shows it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    CONTEXT: ClassVar[str]
    STREAM: ClassVar[str]
    VERSION: ClassVar[int] = 1
    INTERNAL: ClassVar[bool] = False

    @classmethod
    def type_name(cls, version: int | None = None) -> str:
        """The CloudEvents `type`, e.g. `gonglian.enterprise.EnterpriseSurveyed.v2`; of another version if asked."""
        return f"gonglian.{cls.CONTEXT}.{cls.__name__}.v{cls.VERSION if version is None else version}"

    @property
    def stream(self) -> str:
        """The stream id, which is the CloudEvents `subject` and the Kafka key."""
        return self.STREAM.format_map(self.__dict__)
