"""The HTTP interface: one route per command that an officer gives, and what the views answer."""

from fastapi import APIRouter

from services.enterprise.api import (
    alongside,
    enterprises,
    federations,
    founding,
    joint,
    officers,
    registration,
    survey,
    timeline,
    visits,
)

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])

for subject in (
    registration,
    survey,
    visits,
    founding,
    alongside,
    joint,
    federations,
    officers,
    enterprises,
    timeline,
):
    router.include_router(subject.router)
