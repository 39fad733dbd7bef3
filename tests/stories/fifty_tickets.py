"""The table of the story of fifty tickets and seven more: what happened, and what it counts as, worked out by hand.

Moscow time, the autumn of 2026. 15 October is a Thursday. Tatarstan: Tue 3 November is shortened by an hour, Wed 4 is a
holiday, Thu 5 shortened, Fri 6 a holiday (of the republic: in the federal calendar Thu 5 and Fri 6 are usual days).

Who works when: school-12 Mo-Fr 8-17 (quarantine from 23 to 27 November, told on Fri 20 at 12:00); school-3 Mo-Fr
8-16, Sa 8-13; hospital-1 round the clock; clinic-6 Mo-Fr 8-12 and 13-17; club-1 and housing-5 by default Mo-Fr 9-18;
office-66 Mo-Fr 9-18 in Yekaterinburg (7-16 in Moscow) by the federal calendar. The norm is 8 working hours, for
housing-5 from 16 November on 4; 24 hours whatever the hours; 10 days to settle it, 3 for ЖКХ.

Durations are h:mm. Nothing here is computed by the product.
"""

from dataclasses import dataclass

FIRST, LAST, END = "2026-10-15", "2026-12-15", "15.12 20:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One ticket."""

    place: str
    """The institution to which the citizen wrote."""
    way: str = "vk"
    """vk: a private message to its community; wall: a comment there; tg: the regional bot by its link."""
    course: str
    """`DAY.MONTH HOUR:MINUTE [who] does [what]`, one after another."""
    first: str = ""
    """The wait for the first answer in wall time; empty without an answer."""
    working: str = ""
    """The same in the working time of who holds the ticket."""
    by: str = ""
    """Who gave the first answer."""
    in_time: bool = True
    """At or before the deadline that was promised when it opened."""
    within_limit: bool = True
    """Within 24 hours."""
    later: tuple[tuple[str, str], ...] = ()
    """Later answers: whose, and how long the citizen waited."""
    resolution: str = ""
    """From its opening to its last end; empty while it is open."""
    resolved_in_time: bool = True
    """The final answer or the end came in time."""
    is_unresolved: bool = False
    """Neither came, and that time is over."""
    held: tuple[tuple[str, str, bool], ...] = ()
    """Only after a transfer: each holder, its own time, whether it gave the ticket away."""
    reopened: bool = False
    excused: int = 0
    grade: int | None = None
    counts: str = "question"
    """question, thanks, spam, duplicate or withdrawn."""
    is_spam: bool = False
    """A question all the same: it was marked as spam too late."""
    overdue: bool = False
    waiting_since: str = ""
    """Since when somebody waits at the end."""
    interim: bool = False
    """At the end its answer still waits for the final one."""


REACTIONS = (
    ("school-12", "20.10 12:00", "❤", "positive"),
    ("school-3", "20.10 12:00", "😡", "negative"),
    ("school-12", "21.10 12:00", "👍", "positive"),
)
"""What was put under the institutions' posts, when, and what it means."""

TOTAL = {
    "questions": 51,  # 57 without № 8 (thanks), 9, 38 and 56 (spam), 18 (a repeat), 55 (withdrawn)
    "answered": 46,  # not 7, 25, 39, 51, 54
    "answered_in_time": 34,  # not 3, 12, 14, 21, 22, 27, 29, 36, 41, 45, 46, 52
    "in_time_share": 0.68,  # 34 of 46 + 4
    "unanswered": 5,
    "overdue": 4,  # 7, 25, 51 and 54; 39 is not yet due
    "oldest_waiting_seconds": (50 * 24 + 12) * 3_600,  # 7: Mon 26.10 8:00 → Tue 15.12 20:00
    "transferred": 2,  # 19 and 24
    "reopened": 4,  # 16, 33, 52, 53
    "grades": {"n": 4, "mean": 3.5, "good_share": 0.5},  # 5, 4, 3, 2
    "reactions": {"positive": 2, "negative": 1, "neutral": 0},
    "comments": 5,  # 3, 22, 29, 36, 47
    "no_answer_needed": 5,  # 8, the thanks in 28, 51, 52, 53: presses are counted, whether they held or not
    "spam": 4,  # 9, 38, 54, 56
    "withdrawn": 1,
    "silenced": 0,
    "duplicates": 1,
    "within_hard_limit": 31,  # not 2, 3, 10, 11, 12, 13, 14, 21, 22, 36, 40, 41, 44, 50, 52
    "interim": 1,  # 31
    "resolved_in_time": 47,  # not 7, 31, 39, which go on, and 46
    "resolution_share": 0.959,  # 47 of 49: 31 and 39 still have time
    "next_response": {"n": 4, "median_seconds": 1_800, "p90_seconds": 4_320, "max_seconds": 5_400},
    # 4, 16, 28, 33: 0:10, 0:30, 0:30, 1:30; nine tenths of the way lie 0.7 between the last two: 0:30 + 0:42
}
"""The whole region, once more without any counting by machine."""

TICKETS = (
    # --- school-12, Mo-Fr 8-17 ---
    Told(  # 1. Thu, within the hours.
        place="school-12",
        course="15.10 10:00 asks | 15.10 11:20 Анна answers | 15.10 11:25 Анна closes",
        first="1:20",
        working="1:20",
        by="Анна",
        resolution="1:25",
    ),
    Told(  # 2. Fri 16:40 → Mon 9:20: 0:20 on Friday, 1:20 on Monday. Due Mon 15:40; the 24 hours ended on Saturday.
        place="school-12",
        course="16.10 16:40 asks | 19.10 09:20 Анна answers | 19.10 09:30 Анна closes",
        first="64:40",
        working="1:40",
        by="Анна",
        within_limit=False,
        resolution="64:50",
    ),
    Told(  # 3. Sat 12:00 → Mon 17:00: all of Monday, 9:00. Due Mon 16:00.
        place="school-12",
        way="wall",
        course="17.10 12:00 asks | 19.10 17:00 Булат answers | 19.10 17:05 Булат closes",
        first="53:00",
        working="9:00",
        by="Булат",
        in_time=False,
        within_limit=False,
        resolution="53:05",
    ),
    Told(  # 4. An edit changes nothing; the second question is the next response, of who answered it.
        place="school-12",
        course="20.10 09:00 asks | 20.10 09:30 edits | 20.10 10:00 Анна answers | 20.10 10:40 writes"
        " | 20.10 11:10 Булат answers | 20.10 11:15 Булат closes",
        first="1:00",
        working="1:00",
        by="Анна",
        later=(("Булат", "0:30"),),
        resolution="2:15",
    ),
    Told(  # 5. Asked and answered in the evening: no working time at all.
        place="school-12",
        course="21.10 18:30 asks | 21.10 21:00 Анна answers | 21.10 21:05 Анна closes",
        first="2:30",
        working="0:00",
        by="Анна",
        resolution="2:35",
    ),
    Told(  # 6. Answered in VK's own interface.
        place="school-12",
        course="22.10 10:00 asks | 22.10 13:15 Римма elsewhere | 22.10 13:20 Анна closes",
        first="3:15",
        working="3:15",
        by="Римма",
        resolution="3:20",
    ),
    Told(  # 7. Never answered: due Mon 16:00, and who waits longest.
        place="school-12",
        course="26.10 08:00 asks",
        overdue=True,
        waiting_since="26.10 08:00",
        is_unresolved=True,
    ),
    Told(  # 8. Mere thanks.
        place="school-12",
        course="27.10 12:00 asks | 27.10 12:10 Анна excuses",
        counts="thanks",
        excused=1,
    ),
    Told(  # 9. Spam at night.
        place="school-12",
        course="28.10 03:00 asks | 28.10 08:05 Анна spam",
        counts="spam",
    ),
    Told(  # 10. Tue (short) 15:30 → Thu 8:30: 0:30 until 16:00, Wed is a holiday, 0:30 on Thu.
        place="school-12",
        course="03.11 15:30 asks | 05.11 08:30 Анна answers | 05.11 08:40 Анна closes",
        first="41:00",
        working="1:00",
        by="Анна",
        within_limit=False,
        resolution="41:10",
    ),
    Told(  # 11. Thu (short) 14:00 → Mon 10:00: 2:00 until 16:00, Fri is a holiday, 2:00 on Mon. 4 × 24 h less 4 h.
        place="school-12",
        course="05.11 14:00 asks | 09.11 10:00 Анна answers | 09.11 10:05 Анна closes",
        first="92:00",
        working="4:00",
        by="Анна",
        within_limit=False,
        resolution="92:05",
    ),
    Told(  # 12. Fri 20.11 10:00 → Mon 30.11 9:00. Quarantine comes between: 7:00 on Fri, 1:00 on Mon 30. Promised
        # before it was told: Mon 23.11 9:00. 9 days 23 hours.
        place="school-12",
        course="20.11 10:00 asks | 30.11 09:00 Анна answers | 30.11 09:10 Анна closes",
        first="239:00",
        working="8:00",
        by="Анна",
        in_time=False,
        within_limit=False,
        resolution="239:10",
    ),
    Told(  # 13. Sat 21.11 10:00 → Mon 30.11 12:00: only Monday's 4:00. Promised after it was told: Mon 30.11 16:00.
        place="school-12",
        course="21.11 10:00 asks | 30.11 12:00 Анна answers | 30.11 12:05 Анна closes",
        first="218:00",
        working="4:00",
        by="Анна",
        within_limit=False,
        resolution="218:05",
    ),
    Told(  # 14. The first answer could not be delivered: Tue 9:00 → Wed 9:30. 8:00 on Tue, 1:30 on Wed. Due Tue 17:00.
        place="school-12",
        course="01.12 09:00 asks | 01.12 09:30 blocks | 01.12 10:00 Анна answers | 02.12 08:30 writes"
        " | 02.12 09:30 Анна answers | 02.12 09:35 Анна closes",
        first="24:30",
        working="9:30",
        by="Анна",
        in_time=False,
        within_limit=False,
        resolution="24:35",
    ),
    Told(  # 15. The first answer was taken back, so it was never given.
        place="school-12",
        course="03.12 10:00 asks | 03.12 10:20 Анна answers | 03.12 10:30 Анна undoes"
        " | 03.12 13:00 Анна answers | 03.12 13:05 Анна closes",
        first="3:00",
        working="3:00",
        by="Анна",
        resolution="3:05",
    ),
    Told(  # 16. Reopened by new words within 72 hours: Mon 11:00 → Tue 10:35.
        place="school-12",
        course="07.12 11:00 asks | 07.12 11:45 Булат answers | 07.12 11:50 Булат closes | 08.12 09:00 writes"
        " | 08.12 10:30 Булат answers | 08.12 10:35 Булат closes",
        first="0:45",
        working="0:45",
        by="Булат",
        later=(("Булат", "1:30"),),
        reopened=True,
        resolution="23:35",
    ),
    Told(  # 17. By Telegram; the citizen says that it is solved, which closes it, and gives a five.
        place="school-12",
        way="tg",
        course="09.12 09:15 asks | 09.12 09:30 Анна answers | 09.12 09:45 grades 5",
        first="0:15",
        working="0:15",
        by="Анна",
        grade=5,
        resolution="0:30",
    ),
    Told(  # 18. A repeat of № 7, whose citizen still waits: counted beside.
        place="school-12",
        course="10.12 12:00 asks | 10.12 12:30 Анна repeats 7",
        counts="duplicate",
    ),
    Told(  # 19. Given away after 0:40, answered 2:00 later by the club, whose hours count.
        place="school-12",
        course="14.12 09:00 asks | 14.12 09:40 Анна gives club-1"
        " | 14.12 11:40 Дамир answers | 14.12 11:45 Дамир closes",
        first="2:40",
        working="2:40",
        by="Дамир",
        held=(("school-12", "0:40", True), ("club-1", "2:00", False)),
        resolution="2:45",
    ),
    # --- school-3, Mo-Fr 8-16, Sa 8-13 ---
    Told(  # 20. Fri 15:30 → Sat 9:00: 0:30 and 1:00.
        place="school-3",
        course="16.10 15:30 asks | 17.10 09:00 Мария answers | 17.10 09:05 Мария closes",
        first="17:30",
        working="1:30",
        by="Мария",
        resolution="17:35",
    ),
    Told(  # 21. Sat 12:00 → Mon 15:30: 1:00 and 7:30. Due Mon 15:00.
        place="school-3",
        course="24.10 12:00 asks | 26.10 15:30 Мария answers | 26.10 15:35 Мария closes",
        first="51:30",
        working="8:30",
        by="Мария",
        in_time=False,
        within_limit=False,
        resolution="51:35",
    ),
    Told(  # 22. Tue (short) 14:00 → Sat 10:00: 1:00 until 15:00, 7:00 on Thu (short, 8-15), 2:00 on Sat. Due Thu 15:00.
        place="school-3",
        way="wall",
        course="03.11 14:00 asks | 07.11 10:00 Мария answers | 07.11 10:05 Мария closes",
        first="92:00",
        working="10:00",
        by="Мария",
        in_time=False,
        within_limit=False,
        resolution="92:05",
    ),
    Told(  # 23. Answered in five minutes, graded with a four.
        place="school-3",
        course="12.11 09:00 asks | 12.11 09:05 Мария answers | 12.11 09:20 grades 4",
        first="0:05",
        working="0:05",
        by="Мария",
        grade=4,
        resolution="0:20",
    ),
    Told(  # 24. Given away after 2:00, answered 3:00 later.
        place="school-3",
        course="19.11 10:00 asks | 19.11 12:00 Мария gives school-12"
        " | 19.11 15:00 Анна answers | 19.11 15:10 Анна closes",
        first="5:00",
        working="5:00",
        by="Анна",
        held=(("school-3", "2:00", True), ("school-12", "3:00", False)),
        resolution="5:10",
    ),
    Told(  # 25. Closed without an answer: it stays unanswered and overdue (due Thu 10:00), but nobody waits.
        place="school-3",
        course="25.11 10:00 asks | 26.11 10:30 Мария closes",
        overdue=True,
        resolution="24:30",
    ),
    # --- hospital-1, round the clock ---
    Told(  # 26. A Saturday night.
        place="hospital-1",
        course="31.10 23:00 asks | 01.11 05:30 Вера answers | 01.11 05:35 Вера closes",
        first="6:30",
        working="6:30",
        by="Вера",
        resolution="6:35",
    ),
    Told(  # 27. A holiday is a day like others. Due 18:00.
        place="hospital-1",
        course="04.11 10:00 asks | 04.11 19:00 Вера answers | 04.11 19:05 Вера closes",
        first="9:00",
        working="9:00",
        by="Вера",
        in_time=False,
        resolution="9:05",
    ),
    Told(  # 28. Another question, then thanks that need no answer.
        place="hospital-1",
        course="06.11 12:00 asks | 06.11 12:45 Вера answers | 06.11 13:00 writes | 06.11 13:10 Вера answers"
        " | 06.11 13:20 writes | 06.11 13:30 Вера excuses | 06.11 13:35 Вера closes",
        first="0:45",
        working="0:45",
        by="Вера",
        later=(("Вера", "0:10"),),
        excused=1,
        resolution="1:35",
    ),
    Told(  # 29. Sunday, under a post. Due 16:00.
        place="hospital-1",
        way="wall",
        course="15.11 08:00 asks | 15.11 20:00 Вера answers | 15.11 20:05 Вера closes",
        first="12:00",
        working="12:00",
        by="Вера",
        in_time=False,
        resolution="12:05",
    ),
    Told(  # 30. An interim answer stops the clock of the first answer; nobody waits when the final one comes.
        place="hospital-1",
        course="16.11 09:00 asks | 16.11 10:00 Вера answers-interim"
        " | 18.11 09:00 Вера answers | 18.11 09:05 Вера closes",
        first="1:00",
        working="1:00",
        by="Вера",
        resolution="48:05",
    ),
    Told(  # 31. Its final answer is still to come; the ten days end on 20 December.
        place="hospital-1",
        course="10.12 10:00 asks | 10.12 11:00 Вера answers-interim",
        first="1:00",
        working="1:00",
        by="Вера",
        interim=True,
    ),
    Told(  # 32. Silence closes it 27 working hours after the answer: Mon 10:30 → Tue 13:30.
        place="hospital-1",
        course="30.11 10:00 asks | 30.11 10:30 Вера answers",
        first="0:30",
        working="0:30",
        by="Вера",
        resolution="27:30",
    ),
    Told(  # 33. «Нет»: not solved, the wait goes on from there.
        place="hospital-1",
        course="01.12 14:00 asks | 01.12 14:20 Вера answers | 01.12 14:40 denies | 01.12 15:10 Вера answers"
        " | 01.12 15:15 Вера closes",
        first="0:20",
        working="0:20",
        by="Вера",
        later=(("Вера", "0:30"),),
        reopened=True,
        resolution="1:15",
    ),
    # --- clinic-6, Mo-Fr 8-12 and 13-17 ---
    Told(  # 34. Over the lunch break: 0:30 before it, 0:30 after it.
        place="clinic-6",
        course="15.10 11:30 asks | 15.10 13:30 Галина answers | 15.10 13:35 Галина closes",
        first="2:00",
        working="1:00",
        by="Галина",
        resolution="2:05",
    ),
    Told(  # 35. Thu 16:30 → Fri 14:00: 0:30, then 4:00 and 1:00. Due Fri 16:30.
        place="clinic-6",
        course="22.10 16:30 asks | 23.10 14:00 Галина answers | 23.10 14:05 Галина closes",
        first="21:30",
        working="5:30",
        by="Галина",
        resolution="21:35",
    ),
    Told(  # 36. Tue (short) 11:00 → Mon 12:30: 1:00 and 3:00, Thu (short) 4:00 and 3:00, Mon 4:00, then lunch.
        place="clinic-6",
        way="wall",
        course="03.11 11:00 asks | 09.11 12:30 Галина answers | 09.11 12:35 Галина closes",
        first="145:30",
        working="15:00",
        by="Галина",
        in_time=False,
        within_limit=False,
        resolution="145:35",
    ),
    Told(  # 37. Asked at lunch: 0:05 of work. A three.
        place="clinic-6",
        course="30.11 12:15 asks | 30.11 13:05 Галина answers | 30.11 13:20 grades 3",
        first="0:50",
        working="0:05",
        by="Галина",
        grade=3,
        resolution="1:05",
    ),
    Told(  # 38. Spam.
        place="clinic-6",
        course="02.12 10:00 asks | 02.12 10:05 Галина spam",
        counts="spam",
    ),
    Told(  # 39. Still unanswered on the last evening, and not yet due (Wed 15:00).
        place="clinic-6",
        course="15.12 15:00 asks",
        waiting_since="15.12 15:00",
    ),
    # --- club-1, by default Mo-Fr 9-18, Telegram ---
    Told(  # 40. Fri 17:50 → Mon 9:10: 0:10 and 0:10.
        place="club-1",
        way="tg",
        course="30.10 17:50 asks | 02.11 09:10 Дамир answers | 02.11 09:15 Дамир closes",
        first="63:20",
        working="0:20",
        by="Дамир",
        within_limit=False,
        resolution="63:25",
    ),
    Told(  # 41. Mon 12:00 → Tue (short) 17:30: 6:00 and 8:00 until 17:00. Due Tue 11:00.
        place="club-1",
        way="tg",
        course="02.11 12:00 asks | 03.11 17:30 Дамир answers | 03.11 17:35 Дамир closes",
        first="29:30",
        working="14:00",
        by="Дамир",
        in_time=False,
        within_limit=False,
        resolution="29:35",
    ),
    Told(  # 42. A two.
        place="club-1",
        way="tg",
        course="13.11 13:00 asks | 13.11 13:40 Дамир answers | 13.11 13:55 grades 2",
        first="0:40",
        working="0:40",
        by="Дамир",
        grade=2,
        resolution="0:55",
    ),
    Told(  # 43. The same citizen four days after the end of № 42: a ticket of its own.
        place="club-1",
        way="tg",
        course="17.11 14:00 asks-again 42 | 17.11 14:30 Дамир answers | 17.11 14:35 Дамир closes",
        first="0:30",
        working="0:30",
        by="Дамир",
        resolution="0:35",
    ),
    # --- housing-5, Mo-Fr 9-18; 8 hours, from 16 November on 4 ---
    Told(  # 44. Fri 16:00 → Mon 14:00: 2:00 and 5:00. Promised under the old norm: Mon 15:00. 70:05 of 72 hours.
        place="housing-5",
        course="13.11 16:00 asks | 16.11 14:00 Елена answers | 16.11 14:05 Елена closes",
        first="70:00",
        working="7:00",
        by="Елена",
        within_limit=False,
        resolution="70:05",
    ),
    Told(  # 45. Under the new norm due Mon 14:00.
        place="housing-5",
        course="16.11 10:00 asks | 16.11 15:00 Елена answers | 16.11 15:05 Елена closes",
        first="5:00",
        working="5:00",
        by="Елена",
        in_time=False,
        resolution="5:05",
    ),
    Told(  # 46. Tue 12:00 → Wed 9:30: 6:00 and 0:30. Due Tue 16:00. The final answer comes after five days, not three.
        place="housing-5",
        course="17.11 12:00 asks | 18.11 09:30 Жанна answers-interim | 23.11 10:00 Жанна answers"
        " | 23.11 10:05 Жанна closes",
        first="21:30",
        working="6:30",
        by="Жанна",
        in_time=False,
        resolution="142:05",
        resolved_in_time=False,
    ),
    Told(  # 47. In time by the new norm as well: due 13:00.
        place="housing-5",
        way="wall",
        course="02.12 09:00 asks | 02.12 12:30 Жанна answers | 02.12 12:35 Жанна closes",
        first="3:30",
        working="3:30",
        by="Жанна",
        resolution="3:35",
    ),
    # --- office-66, Mo-Fr 7-16 in Moscow, federal days, Telegram ---
    Told(  # 48. 6 November is a working day there: from 7:00 on.
        place="office-66",
        way="tg",
        course="06.11 06:30 asks | 06.11 08:00 Зоя answers | 06.11 08:05 Зоя closes",
        first="1:30",
        working="1:00",
        by="Зоя",
        resolution="1:35",
    ),
    Told(  # 49. Thu 5 is a whole day there: 0:30 until 16:00, then 1:30.
        place="office-66",
        way="tg",
        course="05.11 15:30 asks | 06.11 08:30 Зоя answers | 06.11 08:35 Зоя closes",
        first="17:00",
        working="2:00",
        by="Зоя",
        resolution="17:05",
    ),
    Told(  # 50. Tue 3 is short there too: 0:30 until 15:00, then 2:00 on Thu.
        place="office-66",
        way="tg",
        course="03.11 14:30 asks | 05.11 09:00 Зоя answers | 05.11 09:05 Зоя closes",
        first="42:30",
        working="2:30",
        by="Зоя",
        within_limit=False,
        resolution="42:35",
    ),
    # --- hospital-1 again: what a press takes out, and what it does not ---
    Told(  # 51. «Ответ не нужен» at 30 hours, due after 8: the breach stays, though nobody waits.
        place="hospital-1",
        course="20.11 10:00 asks | 21.11 16:00 Вера excuses",
        excused=1,
        overdue=True,
        resolution="30:00",
    ),
    Told(  # 52. The same, then «ау?» and an answer two minutes later: Sun 10:00 → Mon 16:12.
        place="hospital-1",
        course="22.11 10:00 asks | 23.11 16:00 Вера excuses | 23.11 16:10 writes | 23.11 16:12 Вера answers"
        " | 23.11 16:15 Вера closes",
        first="30:12",
        working="30:12",
        by="Вера",
        in_time=False,
        within_limit=False,
        excused=1,
        reopened=True,
        resolution="30:15",
    ),
    Told(  # 53. Pressed in time, but the citizen writes on: the press is void, the wait runs from 10:00.
        place="hospital-1",
        course="24.11 10:00 asks | 24.11 10:10 Вера excuses | 24.11 12:00 writes | 24.11 12:30 Вера answers"
        " | 24.11 12:35 Вера closes",
        first="2:30",
        working="2:30",
        by="Вера",
        excused=1,
        reopened=True,
        resolution="2:35",
    ),
    Told(  # 54. «Спам» an hour after the deadline of 18:00.
        place="hospital-1",
        course="25.11 10:00 asks | 25.11 19:00 Вера spam",
        is_spam=True,
        overdue=True,
        resolution="9:00",
    ),
    Told(  # 55. The citizen takes it back.
        place="hospital-1",
        course="26.11 10:00 asks | 26.11 10:30 withdraws",
        counts="withdrawn",
    ),
    Told(  # 56. «Спам» in time …
        place="hospital-1",
        course="27.11 10:00 asks | 27.11 10:05 Вера spam",
        counts="spam",
    ),
    Told(  # 57. … but the same citizen writes again: a ticket of its own, which has waited since the first words.
        place="hospital-1",
        course="27.11 11:00 asks-again 56 | 27.11 11:30 Вера answers | 27.11 11:35 Вера closes",
        first="1:30",
        working="1:30",
        by="Вера",
        resolution="1:35",
    ),
)
