# Страница руководителя: bot/reports (картинка, PDF, слайд).

page-title = Как отвечают жителям
page-compared = Изменения – к периоду { $period }
page-made = Данные на { $moment }

page-tile-questions = Сообщений
page-tile-in-time = Ответили в срок
page-tile-median = Первый ответ, медиана
page-tile-grades = Оценки 4–5
page-note-questions = без ответа { NUMBER($unanswered) }, просрочено { NUMBER($overdue) }
page-note-in-time = { NUMBER($in_time) } из { NUMBER($judged) }
page-note-median = в рабочее время { $working }, n = { NUMBER($n) }
page-note-grades = средняя { $mean }, n = { NUMBER($n) }
page-median = медиана { $median }
page-note-nothing = считать не из чего

change-same = как прежде
change-more = на { NUMBER($percent) } % больше
change-fewer = на { NUMBER($percent) } % меньше
change-better = лучше на { $points } п. п.
change-worse = хуже на { $points } п. п.
change-faster = быстрее на { $duration }
change-slower = медленнее на { $duration }

page-best = Чаще отвечают в срок
page-worst = Реже отвечают в срок
page-worst-nobody = Ниже средней доли никого нет.
page-best-nobody = В срок пока не ответил никто.
page-ranked-nobody = Сравнивать пока не с чем: нужны хотя бы двое, у кого от { NUMBER($least) } сообщений.
page-waiting = Дольше всех ждут ответа
page-waiting-nobody = Никто не ждёт.
page-waiting-line = № { $number }
page-waiting-overdue = просрочено
page-topics = Темы
page-topics-share = в срок
page-topics-nobody = Сообщений не было.
page-channels = Каналы
page-weeks-questions = Сообщений за неделю
page-weeks-share = Ответили в срок, %
page-weeks-hours = Первый ответ, рабочих часов
page-weeks-norm = норма { $hours } ч
page-weeks-nobody = За двенадцать недель сообщений не было.

page-method-in-time = В срок – ответ человека доставлен жителю не позже срока, назначенного при открытии; доля – от всех ответов и просроченных без ответа. Медиана – половина ответов пришла быстрее.
page-method-order = Чаще и реже – против средней доли; порядок – по границам доли (Уилсон, 95 %): чаще – по нижней, реже – по верхней, от { NUMBER($least) } сообщений; n – сколько посчитано.
page-method-short = В срок – от всех ответов и просроченных без ответа.
page-method-short-order = Чаще и реже – против средней доли, по порядку Уилсона, от { NUMBER($least) } сообщений.
page-method-percentiles = { $percentiles ->
    [exact] Времена точные.
   *[other] Времена с точностью до 1 %.
}
page-method-outages = Не работали: { $outages }.
page-method-outage = { $channel } – { $duration }
page-method-no-outages = Перерывов в работе мессенджеров не отмечено.
page-method-replayed = Пересчитано по нынешним календарям и срокам.
page-method-beside = Не входят: ответ не нужен { NUMBER($excused) }, спам { NUMBER($spam) }, повторы { NUMBER($duplicates) }, отозвано { NUMBER($withdrawn) }, заглушено { NUMBER($silenced) }. Отмеченное позже срока остаётся просроченным.
