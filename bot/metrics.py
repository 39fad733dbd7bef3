"""What Prometheus reads at `/metrics`: built once by a function, passed by hand, no registry of the whole process."""

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_LAG_SECONDS = (0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_BATCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Every figure that an operator watches; labels never carry a person, a chat or a text."""

    registry: CollectorRegistry
    inbox_events: Counter
    """Labels `channel` and `state`: `stored`, `done`, `retried`, `dead`."""
    outbox_rows: Counter
    """Labels `kind` and `outcome`: `sent`, `retried`, `dead`, `needless`."""
    repeats: Counter
    """Label `channel`: rows sent again because a process ended while they were on their way."""
    receive_failures: Counter
    """Label `channel`: a messenger or the network failed while receiving."""
    waiting: Gauge
    """Label `queue` (`inbox`, `outbox`): rows that wait now."""
    dead: Gauge
    """Label `queue`: rows that wait for the operator."""
    oldest_waiting_seconds: Gauge
    """Label `queue`: the age of the oldest row that waits."""
    clock_ahead_seconds: Gauge
    """Label `channel`: by how much a messenger's clock is ahead of ours."""
    desk_batch_seconds: Histogram
    desk_batch_events: Histogram
    loop_lag_seconds: Histogram
    """Only what is worth a look: a loop that came round a quarter of a second late."""


def make_metrics() -> Metrics:
    """Build the figures in a registry of their own."""
    registry = CollectorRegistry(auto_describe=True)

    def counter(name: str, says: str, *labels: str) -> Counter:
        return Counter(f"otklik_{name}", says, labels, registry=registry)

    def gauge(name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"otklik_{name}", says, labels, registry=registry)

    return Metrics(
        registry=registry,
        inbox_events=counter("inbox_events", "Events that came in, by what became of them", "channel", "state"),
        outbox_rows=counter("outbox_rows", "Calls to messengers, by what became of them", "kind", "outcome"),
        repeats=counter("repeats", "Messages sent again after a process ended in between", "channel"),
        receive_failures=counter("receive_failures", "Failures while receiving", "channel"),
        waiting=gauge("waiting", "Rows that wait", "queue"),
        dead=gauge("dead", "Rows that wait for the operator", "queue"),
        oldest_waiting_seconds=gauge("oldest_waiting_seconds", "Age of the oldest row that waits", "queue"),
        clock_ahead_seconds=gauge("clock_ahead_seconds", "How far a messenger's clock is ahead of ours", "channel"),
        desk_batch_seconds=Histogram(
            "otklik_desk_batch_seconds", "Time of one batch of the desk", buckets=_BATCH_SECONDS, registry=registry
        ),
        loop_lag_seconds=Histogram(
            "otklik_loop_lag_seconds",
            "How late the event loop came round, where it was over 0.25 s",
            buckets=_LAG_SECONDS,
            registry=registry,
        ),
        desk_batch_events=Histogram(
            "otklik_desk_batch_events",
            "Events in one batch of the desk",
            buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
            registry=registry,
        ),
    )
