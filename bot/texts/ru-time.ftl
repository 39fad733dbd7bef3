# Длительности и моменты: bot/texts/duration.py и moments.py.

duration-moments = меньше минуты
duration-moments-short = < 1 мин
duration-minutes = { $minutes } мин
duration-hours = { $hours } ч { $padded_minutes } мин
duration-days = { $days } дн { $hours } ч

weekday = { $weekday ->
    [0] понедельник
    [1] вторник
    [2] среда
    [3] четверг
    [4] пятница
    [5] суббота
   *[6] воскресенье
}
# «до вторника»
weekday-until = { $weekday ->
    [0] понедельника
    [1] вторника
    [2] среды
    [3] четверга
    [4] пятницы
    [5] субботы
   *[6] воскресенья
}
# «24 ноября»
month = { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
}

moment = { weekday }, { $day } { month }, { $time }
moment-until = { weekday-until }, { $day } { month }, { $time }
# «сегодня», «во вторник, 8 декабря,»
moment-when = { $days ->
    [0] сегодня
    [1] завтра
   *[other] { $weekday ->
        [0] в понедельник
        [1] во вторник
        [2] в среду
        [3] в четверг
        [4] в пятницу
        [5] в субботу
       *[6] в воскресенье
    }, { $day } { month },
}
moment-by = { moment-when } до { $time }
moment-at = { moment-when } в { $time }
moment-short = { $date } { $time }
moment-day = { $day } { month }
