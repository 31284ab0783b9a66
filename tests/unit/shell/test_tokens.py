import base64
import hmac
import json
import stat
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySetSerialization, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from eventing.identity import Actor, Role
from eventing.refusal import Unauthenticated
from eventing.shell.issuer import Issuer
from eventing.shell.tokens import Verifier
from services.cli.serve import ROLES

ISSUER, AUDIENCE = "https://issuer.example", "gonglian"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
JWKS: KeySetSerialization = {"keys": [KEY.as_dict(private=False)]}


def test_each_role_can_be_given_on_the_command_line() -> None:
    assert set(ROLES) == set(Role)


class A:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "officer-7",
        "union": "u-610102",
        "roles": ["officer", "viewer"],
        "exp": now + 3600,
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def a_token(header: dict[str, Any] | None = None, key: Any = KEY, **changed: Any) -> str:
    header = {"alg": "RS256", "kid": "one"} | (header or {})
    allowed = JWSRegistry(algorithms=[header["alg"]], strict_check_header=False)
    return jwt.encode(header, claims(**changed), key, registry=allowed)


def unsigned(header: object, payload: object, signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(payload).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(JWKS, ISSUER, AUDIENCE)


def code_of(verifier: Verifier, authorization: str | None) -> str:
    with pytest.raises(Unauthenticated) as refused:
        verifier.actor(authorization)
    return refused.value.code


def test_a_good_token_says_who_asks(verifier: Verifier) -> None:
    officer = Actor("officer-7", frozenset({Role.OFFICER, Role.VIEWER}), "u-610102")
    assert verifier.actor(f"Bearer {a_token()}") == officer
    assert verifier.actor(f"bearer  {a_token()} ") == officer
    assert verifier.actor(f"Bearer {a_token(aud=['other', AUDIENCE])}") == officer
    assert verifier.actor(f"Bearer {a_token({'custom': 'x', 'typ': 'at+jwt'})}") == officer


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic b2ZmaWNlcjo3", a_token()])
def test_no_bearer_token_is_no_sign_in(verifier: Verifier, header: str | None) -> None:
    assert code_of(verifier, header) == "token_missing"


@pytest.mark.parametrize(
    "token",
    [
        a_token(iss="https://other.example"),
        a_token(iss=None),
        a_token(aud="other"),
        a_token(aud=["other"]),
        a_token(aud=None),
        a_token(exp=None),
        a_token(exp="tomorrow"),
        a_token(exp=True),
        a_token(exp=float("nan")),
        a_token(nbf=int(time.time()) + 36000),
        a_token(iat=int(time.time()) + 36000),
        a_token(sub=None),
        a_token(sub=7),
        a_token(sub="张三"),
        a_token(sub="officer-7\n"),
        a_token(sub="x" * 129),
        a_token(union=None),
        a_token(union="610102"),
        a_token(union="u-610102\n"),
        a_token(union=["u-610102"]),
        a_token(roles="officer"),
        a_token(roles={"officer": True}),
    ],
)
def test_a_claim_that_is_not_right_is_refused(verifier: Verifier, token: str) -> None:
    assert code_of(verifier, f"Bearer {token}") == "token_invalid"


def test_an_expired_token_is_told_apart(verifier: Verifier) -> None:
    assert code_of(verifier, f"Bearer {a_token(exp=int(time.time()) - 60)}") == "token_expired"


def test_unknown_roles_are_left_out_and_none_is_allowed(verifier: Verifier) -> None:
    assert verifier.actor(f"Bearer {a_token(roles=['admin', 'viewer', 7, None])}").roles == {Role.VIEWER}
    assert verifier.actor(f"Bearer {a_token(roles=None)}").roles == frozenset()


def test_a_role_that_cannot_be_hashed_lets_nobody_in(verifier: Verifier) -> None:
    assert code_of(verifier, f"Bearer {a_token(roles=[['officer']])}") == "token_invalid"


ANOTHER = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.mark.filterwarnings("ignore:HS256", "ignore:.*none.*", "ignore:.*[Kk]ey.*")
@pytest.mark.parametrize(
    "token",
    [
        unsigned({"alg": "none"}, claims()),
        unsigned({"alg": "none", "kid": "one"}, claims(), b"x"),
        unsigned({"alg": "None", "kid": "one"}, claims()),
        unsigned({"alg": ["RS256"], "kid": "one"}, claims()),
        unsigned({"kid": "one"}, claims()),
        unsigned({"alg": "RS256", "kid": ["one"]}, claims()),
        unsigned({"alg": "RS256", "kid": "one"}, claims()),
        unsigned(["alg"], claims()),
        unsigned("alg", claims()),
        unsigned(None, claims()),
        a_token({"kid": "two"}),
        a_token({"alg": "RS384"}),
        a_token({"alg": "PS256"}),
        a_token(key=ANOTHER),
        a_token()[:-4] + "AAAA",
        a_token() + ".x",
        a_token().rpartition(".")[0],
        "a.b.c",
        "...",
        ".",
        "é.é.é",
        "\ud800",
        "x" * 100_000,
    ],
)
def test_a_signature_that_is_not_the_issuers_is_refused(verifier: Verifier, token: str) -> None:
    assert code_of(verifier, f"Bearer {token}") == "token_invalid"


def test_the_public_key_is_no_shared_secret(verifier: Verifier) -> None:
    """HS256 with the public key as the secret: whoever knows the public key could sign."""
    signed = unsigned({"alg": "HS256", "kid": "one"}, claims()).rpartition(".")[0]
    for secret in (KEY.as_pem(private=False), json.dumps(JWKS["keys"][0]).encode()):
        seal = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), "sha256")).decode().rstrip("=")
        assert code_of(verifier, f"Bearer {signed}.{seal}") == "token_invalid"


def test_a_secret_among_the_issuers_keys_is_left_out() -> None:
    shared = OctKey.generate_key(256, {"kid": "shared"})
    verifier = Verifier({"keys": [*JWKS["keys"], shared.as_dict()]}, ISSUER, AUDIENCE)
    forged = jwt.encode({"alg": "HS256", "kid": "shared"}, claims(), shared, algorithms=["HS256"])
    assert code_of(verifier, f"Bearer {forged}") == "token_invalid"


def test_a_tampered_payload_is_refused(verifier: Verifier) -> None:
    header, _, signature = a_token().split(".")
    payload = unsigned({}, claims(roles=["operator"])).split(".")[1]
    assert code_of(verifier, f"Bearer {header}.{payload}.{signature}") == "token_invalid"


def test_signed_bytes_that_are_no_claims_are_refused(verifier: Verifier) -> None:
    for payload in (b"", b"[]", b"null", b'"x"', b"\xff", b"[" * 5000):
        token = jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, KEY, algorithms=["RS256"])
        assert code_of(verifier, f"Bearer {token}") == "token_invalid", payload


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("ES256", ECKey.generate_key("P-256", {"kid": "one"})),
        ("Ed25519", OKPKey.generate_key("Ed25519", {"kid": "one"})),
        ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "one"})),
    ],
)
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_other_issuers_algorithms_are_taken(algorithm: str, key: ECKey | OKPKey) -> None:
    verifier = Verifier({"keys": [key.as_dict(private=False)]}, ISSUER, AUDIENCE)
    token = a_token({"alg": algorithm}, key)
    assert verifier.actor(f"Bearer {token}").subject == "officer-7"


def test_a_held_token_ends_when_it_expires() -> None:
    clock = A()
    verifier = Verifier(JWKS, ISSUER, AUDIENCE, clock)
    token = f"Bearer {a_token(exp=int(time.time()) + 60)}"
    verifier.actor(token)
    clock.now += 59
    verifier.actor(token)
    clock.now += 10
    assert code_of(verifier, token) == "token_expired"
    assert code_of(verifier, token) == "token_expired"


def test_no_more_than_a_bounded_number_of_tokens_is_held(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventing.shell.tokens._HELD", 3)
    for number in range(5):
        verifier.actor(f"Bearer {a_token(sub=f's-{number}')}")
    assert len(verifier._held) == 3


def test_the_embedded_issuers_tokens_are_good(tmp_path: Path) -> None:
    issuer = Issuer(tmp_path, ISSUER, AUDIENCE)
    token = issuer.token("officer-7", {Role.OFFICER}, "u-610102", timedelta(hours=1))
    verifier = Verifier(issuer.jwks(), ISSUER, AUDIENCE)
    assert verifier.actor(f"Bearer {token}") == Actor("officer-7", frozenset({Role.OFFICER}), "u-610102")
    assert "d" not in issuer.jwks()["keys"][0]


def test_the_embedded_issuer_keeps_its_key_to_its_owner(tmp_path: Path) -> None:
    first = Issuer(tmp_path, ISSUER, AUDIENCE)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Issuer(tmp_path, ISSUER, AUDIENCE).jwks() == first.jwks()


def test_issuers_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[str] = []

    def start() -> None:
        keys.append(json.dumps(Issuer(tmp_path, ISSUER, AUDIENCE).jwks()))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 4
    assert len(set(keys)) == 1
