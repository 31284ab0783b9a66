"""The HTTP interface: one route per command that an officer gives, and what the views answer."""

from fastapi import APIRouter

from services.enterprise.api import alongside, enterprises, founding, registration, survey, targets, visits

router = APIRouter(prefix="/api/enterprise", tags=["enterprise 非公企业建会"])

for subject in (registration, survey, visits, founding, alongside, enterprises, targets):
    router.include_router(subject.router)
