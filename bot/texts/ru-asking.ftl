# Отчёты в чате: кнопки под ними, списки, рассылка.

report-choose-scope = Чей отчёт показать?
report-choose-cuts = Как разложить?
report-choose-files = Какой файл сделать?
report-period-today = Сегодня
report-period-week = Неделя
report-period-month = Месяц
report-period-lastweek = Прошлая неделя
report-period-lastmonth = Прошлый месяц
report-period-quarter = Квартал
report-period-year = Год
report-period-own = Свой период
report-month = { $month ->
    [1] Январь
    [2] Февраль
    [3] Март
    [4] Апрель
    [5] Май
    [6] Июнь
    [7] Июль
    [8] Август
    [9] Сентябрь
    [10] Октябрь
    [11] Ноябрь
   *[other] Декабрь
}{ $year ->
    [0] {""}
   *[other] { " " }{ $year }
}
report-menu-cuts = По частям
report-menu-pages = Открыть страницы
report-menu-files = Файлы
report-form-xlsx = Excel
report-form-pdf = PDF
report-form-csv = CSV
report-form-pptx = Слайд PPTX
report-form-screen = Картинка 1920×1080
report-back = Назад
report-earlier = Раньше
report-later = Дальше
report-method = Как считается
report-back-to-rating = К рейтингу
report-own = Выберите месяц или напишите, например: октябрь, прошлая неделя, 01.11.2026-15.11.2026
report-own-in-group = Выберите месяц или напишите с командой, например: /report октябрь, /report 01.11.2026-15.11.2026
report-making-file = Собираю файл
report-file-not-sent = Мессенджер не принял файл. Попросите его ещё раз позже.
report-not-made = Отчёт не получился, причина записана для системного администратора. Попробуйте позже.
report-cut-worst = { $cut }, сначала те, кто реже отвечает в срок (с поправкой на число ответов):
report-cut-named = { $cut }, по имени:
report-cut-largest = { $cut }, сначала те, где больше сообщений:
report-cut-line = { $position }. { $name }: { NUMBER($questions) }, в срок { $percent }, медиана { $median }{ $unanswered ->
    [0] {""}
   *[other] , без ответа { NUMBER($unanswered) }
}

subscribe-head = Отчёт приходит сюда сам: { $scope }
subscribe-day = По рабочим дням в 9:00, за прошедшие дни
subscribe-week = По понедельникам в 8:00, за прошлую неделю
subscribe-month = 1-го числа в 8:00, за прошлый месяц
subscribe-line-on = ✓ { $name }; следующий { $next }
subscribe-line-off = – { $name }: выключено
subscribe-switch-on = { $every ->
    [day] Включить ежедневный
    [week] Включить еженедельный
   *[month] Включить ежемесячный
}
subscribe-switch-off = { $every ->
    [day] Выключить ежедневный
    [week] Выключить еженедельный
   *[month] Выключить ежемесячный
}
subscribe-now-on = Включено
subscribe-now-off = Выключено
subscribe-nothing-comes = Отчёты больше не приходят сюда сами. Включить снова: /subscribe

supervisor-ticket-unknown = Такого сообщения в вашей части нет. Просроченные: /overdue

first-words = «{ $words }»
report-remind = Напомнить
report-ticket = Открыть
report-remind-number = Напомнить № { $number }
report-ticket-number = Открыть № { $number }
nudge = № { $number }: руководитель просит ответить, житель ждёт { $waits }.
nudge-done = Рабочему чату напомнили о № { $number }
nudge-too-soon = О № { $number } уже напоминали, снова можно в { $again }
nudge-answered = На № { $number } уже ответили
nudge-no-chat = У учреждения сообщения № { $number } нет рабочего чата
which-institution = Для какого учреждения?
which-chosen = Учреждение: { $institution }
