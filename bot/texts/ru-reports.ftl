# Отчёты: bot/reports (ответ в чате, таблица в терминале, лист CSV).

report-title = Отчёт: { $scope }, { $period }
report-period = { $first } – { $last }
report-period-until = { $days }, до { $time }
report-all-answered = { $late ->
    [0] Ответили на всё, и всё в срок.
   *[other] Ответили на всё, позже срока: { NUMBER($late) }.
}
report-some-unanswered = Без ответа { NUMBER($unanswered) } из { NUMBER($questions) }{ $overdue ->
    [0] , срок ещё идёт
   *[other] , просрочено { NUMBER($overdue) }
}{ $oldest ->
    [no] .
   *[other] ; дольше всех ждут { $oldest }.
}
report-scope-region = весь регион
report-scope-branch = отрасль «{ $name }»
report-scope-municipality = { $name }
report-scope-institution = { $name }
report-nothing = За это время сообщений не было.
report-questions = Сообщений: { NUMBER($questions) }{ $comments ->
    [0] {""}
   *[other] , из них в комментариях { NUMBER($comments) }
}
report-answered = Получили ответ: { NUMBER($answered) }{ $judged ->
    [0] {""}
   *[other] , в срок { $percent } % ({ NUMBER($in_time) } из { NUMBER($judged) })
}
report-first-response = Первый ответ: медиана { $median }, 90 % быстрее { $p90 } (ответов: { NUMBER($n) })
report-first-response-working = Только рабочее время: медиана { $median }, 90 % быстрее { $p90 }
report-next-response = Следующий ответ: медиана { $median }, 90 % быстрее { $p90 } (ответов: { NUMBER($n) })
report-grades = Оценки 4–5: { $good } (средняя { $mean }, оценок: { NUMBER($n) })
report-beside = Открыто снова: { NUMBER($reopened) }. Ответ не нужен: { NUMBER($excused) }. Спам: { NUMBER($spam) }{ $duplicates ->
    [0] {""}
   *[other] . Повторы: { NUMBER($duplicates) }
}{ $withdrawn ->
    [0] {""}
   *[other] . Отозвано: { NUMBER($withdrawn) }
}{ $silenced ->
    [0] {""}
   *[other] . Заглушено: { NUMBER($silenced) }
}
report-most-waiting = Где больше всего ждут:
report-most-waiting-line = { $place }: без ответа { NUMBER($unanswered) }, просрочено { NUMBER($overdue) } (из { NUMBER($questions) })
report-best = Кто чаще отвечает в срок (от { $least } сообщений):
report-best-line = { $place }: { $percent } %, медиана { $median } (ответов: { NUMBER($n) })

report-period-unknown = Период не понят. Напишите: неделя, прошлый месяц, октябрь, год или даты, например 01.11.2026-15.11.2026.
report-period-upside-down = Первая дата позже последней. Поменяйте их местами, например 01.11.2026-15.11.2026.
report-period-too-long = Период слишком длинный. Выберите не больше десяти лет.

report-channel = { $channel ->
    [telegram] Telegram
    [vk] ВКонтакте
    [max] MAX
   *[other] { $channel }
}
report-cut = { $cut ->
    [total] всего
    [branch] отрасль
    [municipality] муниципалитет
    [institution] учреждение
    [administrator] администратор
    [channel] канал
    [topic] тема
   *[day] день
}
report-table = { $cut ->
    [total] Всего
    [branch] Отрасли
    [municipality] Муниципалитеты
    [institution] Учреждения
    [administrator] Администраторы
    [channel] Каналы
    [topic] Темы
   *[day] Дни
}
report-administrator-unnamed = без имени
report-table-note =
    Медиана и 90 % – время первого ответа, n – сколько ответов в них посчитано, «—» – посчитать не из чего.
    «Раб. время» – медиана в рабочих часах, «Ждут» – сколько ждёт тот, кому не ответили дольше всех.
    Дни без сообщений не показаны.

report-column-cut = Разрез
report-column-name = Название
report-column-code = Код учреждения
report-column-branch = Отрасль
report-column-municipality = Муниципалитет
report-column-questions = Сообщений
report-column-comments = Из них в комментариях
report-column-answered = Получили ответ
report-column-answered_in_time = Ответ в срок
report-column-in_time_percent = В срок, %
report-column-unanswered = Без ответа
report-column-overdue = Просрочено
report-column-oldest_waiting = Дольше всех ждут
report-column-first_response = Первый ответ
report-column-first_response_working = Первый ответ, рабочее время
report-column-next_response = Следующий ответ
report-column-resolution = До закрытия
report-column-n = { $time }: число
report-column-median = { $time }: медиана
report-column-p90 = { $time }: 90 %
report-column-max = { $time }: самое долгое
report-column-seconds = { $column }, с
report-column-hours = { $column }, ч:мин
report-column-transferred = Передано
report-column-reopened = Открыто снова
report-column-grades_n = Оценок
report-column-grades_mean = Средняя оценка
report-column-grades_good_percent = Оценки 4–5, %
report-column-reactions_positive = Реакции: хорошие
report-column-reactions_negative = Реакции: плохие
report-column-reactions_neutral = Реакции: прочие
report-column-no_answer_needed = Ответ не нужен
report-column-spam = Спам

report-short-questions = Сообщ.
report-short-answered = С ответом
report-short-in_time = В срок, %
report-short-median = Медиана
report-short-p90 = 90 %
report-short-n = n
report-short-working = Раб. время
report-short-unanswered = Без отв.
report-short-overdue = Просроч.
report-short-oldest = Ждут
