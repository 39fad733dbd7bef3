# Чаттагы хисаплар: алар астындагы төймәләр, исемлекләр, үзе килә торган хисап.

report-choose-scope = Кемнең хисабын күрсәтергә?
report-choose-cuts = Ничек бүлергә?
report-choose-files = Нинди файл ясарга?
report-period-today = Бүген
report-period-week = Атна
report-period-month = Ай
report-period-lastweek = Узган атна
report-period-lastmonth = Узган ай
report-period-quarter = Квартал
report-period-year = Ел
report-period-own = Башка вакыт
report-month = { $month ->
    [1] Гыйнвар
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
report-menu-cuts = Өлешләп
report-menu-pages = Битләрне ачу
report-menu-files = Файллар
report-form-xlsx = Excel
report-form-pdf = PDF
report-form-csv = CSV
report-form-pptx = Слайд PPTX
report-form-screen = Рәсем 1920×1080
report-back = Кире
report-earlier = Алдагы
report-later = Киләсе
report-method = Ничек исәпләнә
report-back-to-rating = Рейтингка
report-own = Айны сайлагыз яки языгыз, мәсәлән: октябрь, узган атна, 01.11.2026-15.11.2026
report-own-in-group = Айны сайлагыз яки команда белән языгыз, мәсәлән: /report октябрь, /report 01.11.2026-15.11.2026
report-making-file = Файл ясала
report-file-not-sent = Мессенджер файлны алмады. Соңрак тагын бер тапкыр сорагыз.
report-not-made = Хисап килеп чыкмады, сәбәбе система администраторы өчен язып куелды. Соңрак тагын карагыз.
report-cut-worst = { $cut }, башта вакытында сирәгрәк җавап бирүчеләр (җаваплар санын исәпкә алып):
report-cut-named = { $cut }, исем буенча:
report-cut-largest = { $cut }, башта хәбәрләре күбрәк булганнар:
report-cut-line = { $position }. { $name }: { NUMBER($questions) }, вакытында { $percent }, медиана { $median }{ $unanswered ->
    [0] {""}
   *[other] , җавапсыз { NUMBER($unanswered) }
}

subscribe-head = Хисап монда үзе килә: { $scope }
subscribe-day = Эш көннәрендә 9:00дә, узган көннәр өчен
subscribe-week = Дүшәмбе көннәрендә 8:00дә, узган атна өчен
subscribe-month = Айның 1ендә 8:00дә, узган ай өчен
subscribe-line-on = ✓ { $name }; киләсе { $next }
subscribe-line-off = – { $name }: сүндерелгән
subscribe-switch-on = { $every ->
    [day] Көн саен килсен
    [week] Атна саен килсен
   *[month] Ай саен килсен
}
subscribe-switch-off = { $every ->
    [day] Көн саен килмәсен
    [week] Атна саен килмәсен
   *[month] Ай саен килмәсен
}
subscribe-now-on = Кабызылды
subscribe-now-off = Сүндерелде
subscribe-nothing-comes = Хисаплар монда үзе башка килми. Яңадан кабызу: /subscribe

supervisor-ticket-unknown = Сезнең өлештә мондый хәбәр юк. Вакыты узганнар: /overdue

first-words = «{ $words }»
report-remind = Искә төшерү
report-ticket = Ачу
report-remind-number = № { $number }: искә төшерү
report-ticket-number = № { $number }: ачу
nudge = № { $number }: җитәкче җавап бирүегезне сорый, яшәүче { $waits } көтә.
nudge-done = Эш чатына № { $number } турында искә төшердек
nudge-too-soon = № { $number } турында инде искә төшерделәр, яңадан { $again } вакытында мөмкин
nudge-answered = № { $number } хәбәренә инде җавап бирелгән
nudge-no-chat = № { $number } хәбәре оешмасының эш чаты юк
which-institution = Кайсы оешма өчен?
which-chosen = Оешма: { $institution }
