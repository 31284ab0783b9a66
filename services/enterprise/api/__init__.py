"""The HTTP interface: one route per command that an officer gives, and what the views answer."""

from fastapi import APIRouter

from services.enterprise.api import (
    alongside,
    baseline,
    ends,
    enterprises,
    founding,
    names,
    plans,
    registration,
    supervision,
    survey,
    visits,
)

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])

for subject in (
    registration,
    names,
    ends,
    survey,
    baseline,
    visits,
    supervision,
    founding,
    plans,
    alongside,
    enterprises,
):
    router.include_router(subject.router)
