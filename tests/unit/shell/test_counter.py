import pytest

from eventing.refusal import TooMany
from eventing.shell import counter
from eventing.shell.counter import Doorman, network


def admitted(doorman: Doorman, address: str, times: int) -> int:
    served = 0
    for _ in range(times):
        try:
            doorman.admit(address)
        except TooMany:
            continue
        served += 1
    return served


def test_ten_thousand_from_one_address_are_as_many_as_the_limit_and_others_are_served() -> None:
    doorman = Doorman(30)
    assert admitted(doorman, "203.0.113.7", 10_000) == 30
    assert admitted(doorman, "203.0.113.8", 1) == 1


def test_who_comes_too_often_hears_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mechanism: a minute begins with its first request, and isn't begun anew by those that are refused."""
    now = [100.0]
    monkeypatch.setattr("eventing.shell.counter.time.monotonic", lambda: now[0])
    doorman = Doorman(1)
    doorman.admit("203.0.113.7")
    now[0] += 45.5
    with pytest.raises(TooMany) as caught:
        doorman.admit("203.0.113.7")
    assert (caught.value.code, caught.value.facts) == ("too_many_requests", {"limit": 1, "seconds": 15})
    now[0] += 15
    doorman.admit("203.0.113.7")


def test_an_address_of_ipv6_stands_for_its_network() -> None:
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2::2") != network("2001:db8:1:3::2")
    assert network("testclient") == "testclient"


def test_ipv4_written_as_ipv6_does_not_share_one_network() -> None:
    """A socket for both kinds names everybody of IPv4 `::ffff:…`, which is all in one network of IPv6."""
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") != network("::ffff:192.0.2.2")


def test_addresses_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "_ADDRESSES", 100)
    doorman = Doorman(1)
    assert sum(admitted(doorman, f"198.51.{number // 250}.{number % 250}", 1) for number in range(1000)) == 1000
    assert len(doorman._minutes) == 100
