"""The HTTP interface: one route per command that an officer gives, and what the views answer."""

from fastapi import APIRouter

from services.enterprise.api import (
    alongside,
    check_ins,
    enterprises,
    founding,
    instructors,
    members,
    registration,
    return_visits,
    survey,
    unions,
    visits,
)

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])

for subject in (
    registration,
    survey,
    visits,
    founding,
    instructors,
    check_ins,
    alongside,
    unions,
    members,
    return_visits,
    enterprises,
):
    router.include_router(subject.router)
