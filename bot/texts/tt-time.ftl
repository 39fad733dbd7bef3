# Длительности и моменты: bot/texts/duration.py и moments.py.

duration-moments = бер минуттан азрак
duration-moments-short = < 1 мин.
duration-minutes = { $minutes } мин.
duration-hours = { $hours } сәг. { $minutes } мин.
duration-days = { $days } көн { $hours } сәг.

weekday = { $weekday ->
    [0] дүшәмбе
    [1] сишәмбе
    [2] чәршәмбе
    [3] пәнҗешәмбе
    [4] җомга
    [5] шимбә
   *[6] якшәмбе
}
# В татарском послелог «кадәр» стоит после времени, день недели не меняется.
weekday-until = { weekday }
month = { $month ->
    [1] гыйнвар
    [2] февраль
    [3] март
    [4] апрель
    [5] май
    [6] июнь
    [7] июль
    [8] август
    [9] сентябрь
    [10] октябрь
    [11] ноябрь
   *[12] декабрь
}

moment = { weekday }, { $day } { month }, { $time }
moment-until = { weekday-until }, { $day } { month }, { $time }
moment-when = { $days ->
    [0] бүген
    [1] иртәгә
   *[other] { weekday }, { $day } { month },
}
moment-by = { moment-when } { $time } сәгатькә кадәр
moment-at = { moment-when } { $time } сәгатьтә
moment-short = { $date } { $time }
moment-day = { $day } { month }
