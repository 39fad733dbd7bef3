# Хисаплар: bot/reports. Тексты на татарском требуют вычитки носителем языка.

report-title = Хисап: { $scope }, { $period }
report-period = { $first } – { $last }
report-period-until = { $days }, сәгать { $time } кадәр
report-all-answered = { $late ->
    [0] Барысына да җавап бирелде, барысы да вакытында.
   *[other] Барысына да җавап бирелде, вакытыннан соң: { NUMBER($late) }.
}
report-some-unanswered = { NUMBER($questions) } хәбәрнең { NUMBER($unanswered) } җавапсыз{ $overdue ->
    [0] , вакыты чыкмаган
   *[other] , вакыты чыккан: { NUMBER($overdue) }
}{ $oldest ->
    [no] .
   *[other] ; иң озак көтәләр: { $oldest }.
}
report-scope-region = бөтен регион
report-scope-branch = «{ $name }» тармагы
report-scope-municipality = { $name }
report-scope-institution = { $name }
report-nothing = Бу вакытта хәбәрләр булмаган.
report-questions = Хәбәрләр: { NUMBER($questions) }{ $comments ->
    [0] {""}
   *[other] , шул исәптән комментарийларда { NUMBER($comments) }
}
report-answered = Җавап алганнар: { NUMBER($answered) }{ $judged ->
    [0] {""}
   *[other] , вакытында { $percent } % ({ NUMBER($in_time) } / { NUMBER($judged) })
}
report-first-response = Беренче җавап: медиана { $median }, 90 % тизрәк: { $p90 } (җаваплар: { NUMBER($n) })
report-first-response-working = Эш вакыты гына: медиана { $median }, 90 % тизрәк: { $p90 }
report-next-response = Киләсе җавап: медиана { $median }, 90 % тизрәк: { $p90 } (җаваплар: { NUMBER($n) })
report-grades = 4–5 бәяләр: { $good } (уртача { $mean }, бәяләр: { NUMBER($n) })
report-beside = Яңадан ачылган: { NUMBER($reopened) }. Җавап кирәкми: { NUMBER($excused) }. Спам: { NUMBER($spam) }{ $duplicates ->
    [0] {""}
   *[other] . Кабатлаулар: { NUMBER($duplicates) }
}{ $withdrawn ->
    [0] {""}
   *[other] . Кире алынган: { NUMBER($withdrawn) }
}{ $silenced ->
    [0] {""}
   *[other] . Тавышсыз: { NUMBER($silenced) }
}
report-most-waiting = Кайда күбрәк көтәләр:
report-most-waiting-line = { $place }: җавапсыз { NUMBER($unanswered) }, вакыты чыккан { NUMBER($overdue) } (барлыгы { NUMBER($questions) })
report-best = Кем ешрак вакытында җавап бирә ({ $least } хәбәрдән башлап):
report-best-line = { $place }: { $percent } %, медиана { $median } (җаваплар: { NUMBER($n) })

report-period-unknown = Вакыт аңлашылмады. Языгыз: атна, узган ай, октябрь, ел яки көннәр, мәсәлән 01.11.2026-15.11.2026.
report-period-upside-down = Беренче көн соңгысыннан соңрак. Урыннарын алыштырыгыз, мәсәлән 01.11.2026-15.11.2026.
report-period-too-long = Вакыт артык озын. Ун елдан артык булмасын.

report-channel = { $channel ->
    [telegram] Telegram
    [vk] ВКонтакте
    [max] MAX
   *[other] { $channel }
}
report-cut = { $cut ->
    [total] барлыгы
    [branch] тармак
    [municipality] муниципалитет
    [institution] оешма
    [administrator] администратор
    [channel] канал
    [topic] тема
   *[day] көн
}
report-table = { $cut ->
    [total] Барлыгы
    [branch] Тармаклар
    [municipality] Муниципалитетлар
    [institution] Оешмалар
    [administrator] Администраторлар
    [channel] Каналлар
    [topic] Темалар
   *[day] Көннәр
}
report-administrator-unnamed = исемсез
report-table-note =
    Медиана һәм 90 % – беренче җавап вакыты, n – ничә җавап исәпләнгән, «—» – исәпләрлек нәрсә юк.
    «Эш вакыты» – эш сәгатьләрендә медиана, «Көтәләр» – иң озак җавап көткән кешенең көтү вакыты.
    Хәбәрсез көннәр күрсәтелми.

report-column-cut = Кисем
report-column-name = Исем
report-column-code = Оешма коды
report-column-branch = Тармак
report-column-municipality = Муниципалитет
report-column-questions = Хәбәрләр
report-column-comments = Шул исәптән комментарийларда
report-column-answered = Җавап алганнар
report-column-answered_in_time = Вакытында җавап
report-column-in_time_percent = Вакытында, %
report-column-unanswered = Җавапсыз
report-column-overdue = Вакыты чыккан
report-column-oldest_waiting = Иң озак көтәләр
report-column-first_response = Беренче җавап
report-column-first_response_working = Беренче җавап, эш вакыты
report-column-next_response = Киләсе җавап
report-column-resolution = Ябылганчы
report-column-n = { $time }: саны
report-column-median = { $time }: медиана
report-column-p90 = { $time }: 90 %
report-column-max = { $time }: иң озагы
report-column-seconds = { $column }, с
report-column-hours = { $column }, сәг:мин
report-column-transferred = Тапшырылган
report-column-reopened = Яңадан ачылган
report-column-grades_n = Бәяләр
report-column-grades_mean = Уртача бәя
report-column-grades_good_percent = 4–5 бәяләр, %
report-column-reactions_positive = Реакцияләр: яхшы
report-column-reactions_negative = Реакцияләр: начар
report-column-reactions_neutral = Реакцияләр: башка
report-column-no_answer_needed = Җавап кирәкми
report-column-spam = Спам

report-short-questions = Хәбәр
report-short-answered = Җаваплы
report-short-in_time = Вакытында, %
report-short-median = Медиана
report-short-p90 = 90 %
report-short-n = n
report-short-working = Эш вакыты
report-short-unanswered = Җавапсыз
report-short-overdue = Соңарган
report-short-oldest = Көтәләр
