"""The platform's default ground, from pip alone: PostgreSQL as a child process and a Kafka broker in memory."""

from eventing.embedded.broker import MockBroker
from eventing.embedded.cannot_start import CannotStart
from eventing.embedded.home import Home
from eventing.embedded.port import reserve_port
from eventing.embedded.postgres import Postgres

__all__ = ["CannotStart", "Home", "MockBroker", "Postgres", "reserve_port"]
