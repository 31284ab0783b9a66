"""QuixStreams' PostgreSQL sink: `quix.py BOOTSTRAP TOPIC SOCKETS PORT DATABASE USER`, in an environment of its own.

Reads sealed events from the topic's beginning and upserts what each tells of its enterprise; runs until it is ended.
"""

import sys
from collections.abc import Mapping
from typing import Any

from quixstreams import Application
from quixstreams.sinks.community.postgresql import PostgreSQLSink


def main(bootstrap: str, topic: str, sockets: str, port: str, database: str, user: str) -> None:
    app = Application(
        bootstrap, consumer_group=database, auto_offset_reset="earliest", commit_every=2000, loglevel="ERROR"
    )
    sink = PostgreSQLSink(
        sockets,
        int(port),
        database,
        user,
        "",
        "ledger",
        schema_auto_update=False,
        primary_key_columns="enterprise",
        upsert_on_primary_key=True,
        include_metadata=False,
    )
    # The whole row as far as it is known: the sink overwrites, so what was known before is kept in QuixStreams' state.
    told = app.dataframe(app.topic(topic, value_deserializer="json")).apply(_after, stateful=True)
    told.sink(sink)
    app.run()


def _after(event: Mapping[str, Any], state: Any) -> dict[str, Any]:
    data = event["data"]
    row = dict(state.get("row", _NOTHING)) | {name: data[name] for name in _NOTHING if data.get(name) is not None}
    row["union_id"] = data.get("union", row["union_id"])
    state.set("row", row)
    return row


_NOTHING: dict[str, Any] = {
    "enterprise": "",
    "name": "",
    "ownership": "",
    "county": "",
    "union_id": "",
    "registered_on": "",
    "labour_contracts": -1,
    "size_class": "",
    "form": "",
    "members": -1,
    "approved_on": "",
}
"""Never None: the sink takes its columns from the first row of a batch, without those that are None there."""

if __name__ == "__main__":
    main(*sys.argv[1:])
