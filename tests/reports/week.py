"""A week of thirteen tickets at three institutions; their figures are worked out by hand beside the tests."""

from datetime import date, timedelta

from bot.domain.ticket import TicketOrigin
from tests.reports.archive import Archive, at

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)
NOW = at("fri 12:00")


def week() -> Archive:
    archive = Archive()
    school = archive.institution("school-12", "Школа № 12", "Образование", "Казань")
    clinic = archive.institution("clinic-6", "Поликлиника № 6", "Здравоохранение", "Казань")
    culture = archive.institution("culture", "Дом культуры", "Культура", "Нижнекамский район")
    archive.institution("silent", "Бассейн «Дельфин»", "Спорт", "Альметьевский район")
    alsu = archive.administrator("Алсу", school)
    bulat = archive.administrator("Булат", school)
    guzel = archive.administrator("Гүзәл", clinic)

    archive.asked(school, "mon 10:00").taken("mon 10:05").answered("mon 10:30", by=alsu)
    archive.asked(school, "mon 17:00").answered("tue 10:00", by=alsu)
    # Late: eight working hours from Tuesday 9:00 end at 17:00.
    archive.asked(school, "tue 9:00", channel="telegram").noted("tue 9:30", by=bulat).answered("wed 9:30", by=bulat)
    # Two turns; the citizen's impatience does not move the second wait.
    two_turns = archive.asked(school, "wed 10:00").answered("wed 10:10", by=bulat)
    two_turns.says("wed 10:20").says("wed 10:25").answered("wed 11:20", by=bulat).closed("wed 12:00")
    # The citizen blocked the community: nobody was answered.
    archive.asked(school, "thu 10:00").refused("thu 10:05", by=alsu)

    comment = archive.asked(clinic, "wed 12:00", origin=TicketOrigin.COMMENT).answered("wed 12:20", by=guzel)
    comment.closed("wed 12:30").reopened("thu 9:00").answered("thu 9:30", by=guzel).closed("thu 10:00")
    archive.asked(clinic, "thu 15:00").excused("thu 15:05")
    archive.asked(clinic, "thu 16:00").spam("thu 16:01")
    # Still on its way to the citizen.
    archive.asked(clinic, "fri 11:00", channel="telegram").on_the_way("fri 11:30", by=guzel)
    archive.asked(clinic, "mon 12:00").closed("mon 13:00")

    # The first moment of the period, and a minute too early and too late; answered by an unnamed hand.
    archive.asked(culture, "mon 0:00").answered("mon 9:10", by=None)
    archive.asked(culture, "", opened_at=at("mon 0:00") - timedelta(minutes=1)).answered("mon 9:10", by=None)
    archive.asked(culture, "sat 0:00")
    archive.waits_for_an_institution("tue 12:00")
    return archive
