# One image for all services; which one a container runs is said by its command: gonglian run enterprise.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/gonglian
COPY requirements/run.txt /src/requirements/
RUN /opt/gonglian/bin/pip install --require-hashes --only-binary :all: -r /src/requirements/run.txt
COPY . /src
RUN /opt/gonglian/bin/pip install --no-deps --no-build-isolation /src \
 && rm -rf /opt/gonglian/lib/python3.13/site-packages/pip /opt/gonglian/lib/python3.13/site-packages/pip-*.dist-info

FROM python:3.13-slim
RUN groupadd --system --gid 10001 gonglian \
 && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/gonglian --shell /usr/sbin/nologin gonglian \
 && install -d -o gonglian -g gonglian -m 0750 /var/lib/gonglian
COPY --from=build /opt/gonglian /opt/gonglian
COPY --chmod=0755 deploy/ready /opt/gonglian/bin/
ENV PATH=/opt/gonglian/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 GONGLIAN_HOST=0.0.0.0
USER gonglian
WORKDIR /var/lib/gonglian
EXPOSE 8610
HEALTHCHECK --interval=3s --timeout=3s --start-period=300s --retries=5 CMD ["ready"]
ENTRYPOINT ["gonglian"]
