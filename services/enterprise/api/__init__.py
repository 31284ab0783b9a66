"""The HTTP interface: one route per command that an officer gives, and what the views answer."""

from fastapi import APIRouter

from services.enterprise.api import (
    alongside,
    baseline,
    check_ins,
    ends,
    enterprises,
    federations,
    founding,
    instructors,
    joint,
    members,
    names,
    officers,
    plans,
    registration,
    return_visits,
    stations,
    supervision,
    survey,
    targets,
    timeline,
    unions,
    visits,
)

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])

for subject in (
    registration,
    alongside,
    baseline,
    check_ins,
    ends,
    enterprises,
    federations,
    founding,
    instructors,
    joint,
    members,
    names,
    officers,
    plans,
    return_visits,
    stations,
    supervision,
    survey,
    targets,
    timeline,
    unions,
    visits,
):
    router.include_router(subject.router)
