"""Names that a log has in the world: its source, its topic, and the topic of all heads."""

HEADS = "gonglian.heads"
"""Compacted: the last beacon of every log."""


def source_of(region: str, context: str) -> str:
    """The CloudEvents `source` of a service's log."""
    return f"/regions/{region}/{context}"


def topic_of(source: str) -> str:
    """The topic of a log: `gonglian.<region>.<context>.v1`, one partition."""
    _, _, region, context = source.split("/")
    return f"gonglian.{region}.{context}.v1"
