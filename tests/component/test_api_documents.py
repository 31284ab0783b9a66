"""Schemathesis on every route of every service: whatever is sent, right or wrong, nothing answers with 5xx."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from eventing.identity import Role
from services.platform import BY_NAME
from tests.support.platform_process import PlatformProcess

# 503 is an answer of ours, with Retry-After: `at_least` waits for what never comes.
_BUSY = 503


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("service", BY_NAME)
def test_no_request_brings_a_service_down(platform: PlatformProcess, service: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_url(f"{platform.url}/api/{service}/openapi.json")
    token = platform.token(*Role, union="u-610000", subject="p-fuzzer")
    seen = set()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        seen.add(operation.path)

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def never_5xx(case: schemathesis.Case[Any]) -> None:
            case.headers["Authorization"] = f"Bearer {token}"
            answer = case.call()
            if answer.status_code != _BUSY:
                case.validate_response(answer, checks=[not_a_server_error])

        never_5xx()
    assert len(seen) > 1
