"""Tickets, queues and reports as an operator reads them."""

import json
from pathlib import Path

import pytest

from bot.cli.ticket_words import CARRIES, SAYS
from bot.domain.ticket import TicketEventKind
from storage.database import Database
from storage.outbox_row import OutboxKind
from tests.cli.conftest import Otklik, refusal
from tests.conftest import run, sqlite_url
from tests.storage.filled import WORDS, fill


@pytest.fixture(autouse=True)
def filled(folder: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.vault import Vault

    file = folder / "filled.db"
    file.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("OTKLIK_DATABASE_URL", f"sqlite:///{file}")

    async def work() -> None:
        database = Database(url=sqlite_url(file), vault=Vault(bytes(range(32))))
        await fill(database)
        await database.close()

    run(work())


def test_tickets_are_listed(otklik: Otklik) -> None:
    listed = otklik("tickets", "list", "--json").json
    assert [(ticket["number"], ticket["institution"], ticket["state"], ticket["overdue"]) for ticket in listed] == [
        (1, "school-12", "answered", False),
        (2, "clinic-6", "open", True),
    ]
    assert listed[0]["opened_at"] == "2026-11-16T09:00:00+00:00"
    assert [ticket["number"] for ticket in otklik("tickets", "list", "--overdue", "--json").json] == [2]
    assert otklik("tickets", "list", "--state", "spam", "--json").json == []
    assert "clinic-6" in otklik("tickets", "list", "--institution", "clinic-6").out


def test_a_ticket_is_shown_with_its_whole_time_line(otklik: Otklik) -> None:
    shown = otklik("tickets", "show", 1, "--json").json
    assert (shown["number"], shown["citizen"]["name"], shown["taken_by"]) == (1, "Ильнур", "Алия")
    kinds = [entry["kind"] for entry in shown["timeline"]]
    assert sorted(kinds) == sorted(["opened", "question", "taken", "answer", "delivery", "delivery", "delivery"])
    assert [entry["at"] for entry in shown["timeline"]] == sorted(entry["at"] for entry in shown["timeline"])
    [question] = [entry for entry in shown["timeline"] if entry["kind"] == "question"]
    assert question["text"] == WORDS
    [answer] = [entry for entry in shown["timeline"] if entry["kind"] == "answer"]
    assert (answer["delivery"], answer["administrator"]) == ("delivered", "Алия")


def test_a_ticket_is_shown_to_people_in_their_zone(otklik: Otklik) -> None:
    shown = otklik("tickets", "show", 1).out
    assert "Сообщение № 1, есть ответ: Школа № 12 (school-12)" in shown
    assert WORDS in shown
    assert "16.11.2026 12:00" in shown
    assert "карточка: отправлено" in shown or "ответ: отправлено" in shown


def test_whatever_happens_to_a_ticket_is_told_in_words_of_people() -> None:
    for kinds, told in ((TicketEventKind, SAYS), (OutboxKind, CARRIES)):
        assert {str(kind) for kind in kinds} - set(told) <= {"report", "redirect", "gathered"}, "these are of no ticket"


def test_unknown_numbers_and_codes_are_told(otklik: Otklik) -> None:
    assert "№ 77" in refusal(otklik("tickets", "show", 77))
    assert "«nosuch»" in refusal(otklik("tickets", "list", "--institution", "nosuch"))


def test_queues_are_listed_and_retried(otklik: Otklik) -> None:
    assert [(row["id"], row["state"]) for row in otklik("outbox", "list", "--json").json] == [(2, "dead"), (3, "todo")]
    [dead] = otklik("inbox", "list", "--dead", "--json").json
    assert (dead["channel"], dead["error"], dead["payload"]) == ("vk", "не понято", "\ufffdnot json")
    assert "blocked" in otklik("outbox", "list", "--dead").out
    assert "не понято" in otklik("inbox", "list", "--dead").out
    assert otklik("outbox", "retry", 2).status == 0
    assert otklik("inbox", "retry", dead["id"]).status == 0
    assert otklik("outbox", "list", "--dead", "--json").json == []
    assert otklik("inbox", "list", "--dead", "--json").json == []


def test_a_retry_of_an_unknown_number_does_nothing_at_all(otklik: Otklik) -> None:
    assert "99" in refusal(otklik("outbox", "retry", 2, 99))
    assert "99" in refusal(otklik("inbox", "retry", 99))
    assert [row["id"] for row in otklik("outbox", "list", "--dead", "--json").json] == [2]


def _report(otklik: Otklik, *more: object) -> tuple[object, ...]:
    return ("report", "--scope", "region", "--from", "2026-11-16", "--to", "2026-11-17", *more)


def test_a_report_counts_what_is_there(otklik: Otklik) -> None:
    report = otklik(*_report(otklik, "--format", "json")).json
    assert (report["scope"], report["from"], report["to"], report["definitions"]) == (
        "region",
        "2026-11-16",
        "2026-11-17",
        "2",
    )
    total = report["total"]
    assert (total["questions"], total["answered"], total["unanswered"], total["overdue"]) == (2, 1, 1, 1)
    assert total["first_response"]["median_seconds"] == 3602


def test_a_report_is_a_table_or_a_sheet_as_well(otklik: Otklik, folder: Path) -> None:
    assert "весь регион" in otklik(*_report(otklik)).out
    assert otklik(*_report(otklik, "--format", "csv")).out.startswith("Разрез;")
    written = otklik(*_report(otklik, "--format", "csv", "--output", "report.csv"))
    assert (written.status, written.out) == (0, "")
    assert (folder / "report.csv").read_bytes().startswith("\ufeffРазрез;".encode())
    otklik(*_report(otklik, "--format", "json", "--output", "report.json"))
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["total"]["questions"] == 2


def test_a_report_is_every_kind_of_file(otklik: Otklik, folder: Path) -> None:
    (folder / "out").mkdir()
    written = otklik(*_report(otklik, "--format", "json,csv,xlsx,pdf,png,screen,pptx,table", "--output", "out"))
    assert (written.status, written.out) == (0, "")
    stem = "otklik-region-2026-11-16-2026-11-17"
    begins = {path.name.removeprefix(stem): path.read_bytes()[:4] for path in (folder / "out").iterdir()}
    png, zipped = b"\x89PNG", b"PK\x03\x04"
    assert {name: begin for name, begin in begins.items() if name not in (".json", ".txt", ".csv")} == {
        ".xlsx": zipped,
        ".pptx": zipped,
        ".pdf": b"%PDF",
        ".png": png,
        "-screen.png": png,
    }
    assert {".json", ".txt", ".csv"} < begins.keys()
    report = json.loads((folder / "out" / f"{stem}.json").read_text(encoding="utf-8"))
    assert (len(report["weeks"]), "previous" in report) == (12, True)


def test_several_kinds_share_one_name(otklik: Otklik, folder: Path) -> None:
    assert otklik(*_report(otklik, "--format", "csv, json,csv", "--output", "week.47")).status == 0
    assert {path.name for path in folder.glob("week*")} == {"week.47.csv", "week.47.json"}


def test_a_name_that_says_something_else_is_told(otklik: Otklik, folder: Path) -> None:
    written = otklik(*_report(otklik, "--format", "csv", "--output", "report.xlsx"))
    assert (written.status, "report.xlsx: внутри csv" in written.err) == (0, True)
    assert "внутри" not in otklik(*_report(otklik, "--format", "screen", "--output", "report.png")).err
    assert (folder / "report.xlsx").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--from", "2026-11-18"), "раньше"),  # upside down
        (("--scope", "branch:Спорт"), "нет отрасли «Спорт»"),
        (("--scope", "municipality:Сочи"), "«Сочи»"),
        (("--scope", "institution:nosuch"), "«nosuch»"),
        (("--from", "1026-11-16"), "период"),
        (("--output", "."), "папка"),  # a folder
        (("--format", "csv,json"), "--output"),  # several need a place
        (("--format", "csv,json", "--output", "one.csv"), "one.csv"),
        (("--format", "csv,doc"), "«doc» не подходит; есть table, json, csv, xlsx, pdf, png, screen, pptx"),
        (("--format", ","), "«,» не подходит"),
        (("--output", "no/such/folder.csv"), "no/such/folder.csv"),
    ],
)
def test_an_impossible_report_is_told(otklik: Otklik, more: tuple[str, ...], says: str) -> None:
    assert says in refusal(otklik(*_report(otklik, *more)))
