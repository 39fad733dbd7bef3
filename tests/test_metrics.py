"""Metrics live in a registry of their own and carry no person."""

from prometheus_client import REGISTRY, generate_latest

from bot.metrics import make_metrics


def test_two_programs_in_one_process_count_apart() -> None:
    first, second = make_metrics(), make_metrics()
    first.inbox_events.labels("vk", "done").inc(3)
    assert b'otklik_inbox_events_total{channel="vk",state="done"} 3.0' in generate_latest(first.registry)
    assert b"otklik_inbox_events_total{" not in generate_latest(second.registry)
    assert b"otklik" not in generate_latest(REGISTRY)


def test_every_figure_is_ours_and_explained() -> None:
    text = generate_latest(make_metrics().registry).decode()
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    explained = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP") and len(line.split()) > 3}
    assert names
    assert names == explained
    assert all(name.startswith("otklik_") for name in names)
