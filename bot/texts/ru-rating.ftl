# Рейтинг: bot/reports/rating (ответ на /rating, файлы, открытая страница).

rating-title = Рейтинг: { $scope }, { $period }
rating-nobody = Сравнивать пока некого: нужно хотя бы { NUMBER($least) } сообщений за это время.
rating-group = { $peers } ({ NUMBER($ranked) })
rating-line = { $rank }. { $name } – { $score } (сообщений: { NUMBER($questions) })
rating-line-own = ▸ { $rank }. { $name } – { $score } (сообщений: { NUMBER($questions) })
rating-more-groups = Ещё групп: { NUMBER($count) }, они есть в файле.
rating-published = Опубликованный итог, он уже не меняется: «{ $title }», { $period }
rating-published-at = Опубликованный итог, он уже не меняется: «{ $title }», { $period }. Читать: { $address }
rating-own = { $name }: место { NUMBER($rank) } из { NUMBER($ranked) } среди { $among }, { $score } балла из 100.
rating-own-alone = { $name }: { $score } балла из 100. Сравнить не с кем: среди { $among } больше никого.
rating-own-outside = { $name }: пока вне рейтинга. Нужно хотя бы { NUMBER($least) } сообщений, было { NUMBER($questions) }.
rating-own-excluded = { $name }: вне рейтинга. Причина: { $reason }.

rating-weights = Из 100 баллов: { $in_time } – ответы в срок, { $speed } – скорость среди похожих, { $grades } – оценки 4–5, { $settled } – без молчания и повторов.
rating-method =
    Как считается рейтинг

    Сравниваются похожие: школы со школами, районы с районами близкого размера. Места получают те, у кого от { NUMBER($least) } сообщений.

    • В срок, до { $in_time }: ответы в срок из всех ответов и просрочек.
    • Скорость, до { $speed }: у скольких из похожих медиана первого ответа в рабочее время больше; равные считаются за половину.
    • Оценки, до { $grades }: четвёрки и пятёрки жителей, если оценок от { NUMBER($least) }. Если меньше, эти баллы делятся между остальными частями.
    • Без молчания и повторов, до { $settled }: сообщения, которые не остались без ответа и не открыты снова.

    Доли берутся осторожно: нижняя граница 95 % интервала Уилсона, 4 знака. Поэтому 5 из 5 – меньше, чем 95 из 100. Скорость – простая доля.
    Баллы части = вес × доля, 2 знака. Итог = сумма баллов × 100 / сумма весов.
    При равном итоге выше тот, у кого больше сообщений, затем тот, у кого 90 % ответов быстрее. Равные во всём делят место.
rating-worked-out = { $name }:
rating-part = { $part ->
    [in_time] В срок
    [speed] Скорость
    [grades] Оценки 4–5
   *[settled] Без молчания и повторов
}
rating-part-median = { $part } (медиана { $median })
rating-part-line = { $part }: { $good } из { $n } → { $value } × { $weight } = { $points }
rating-part-nothing = { $part }: не считается (есть { $n })
rating-total = Итог: { $points } × 100 / { $weights } = { $score }

rating-peers-within = { $within }: { $peers }
rating-peers = { $kind ->
    [ministry] министерства и ведомства
    [civil-registry] ЗАГС
    [one-stop] МФЦ
    [employment] центры занятости
    [social] социальная защита и обслуживание
    [office] отделы и управления
    [arts-school] школы искусств
    [sports-school] спортивные школы
    [after-school] дополнительное образование
    [college] колледжи и вузы
    [school] школы
    [kindergarten] детские сады
    [dental] стоматологии
    [polyclinic] поликлиники
    [hospital] больницы
    [library] библиотеки
    [culture-house] дома культуры
    [museum] музеи
    [theatre] театры и концертные залы
    [sports] спортивные объекты
    [housing] жилищные и коммунальные службы
    [transport] транспорт и дороги
    [administration] администрации муниципалитетов
    [large] крупные муниципалитеты
    [medium] средние муниципалитеты
    [small] малые муниципалитеты
    [municipality] муниципалитеты
    [branch] отрасли
    [administrator] администраторы
   *[other] прочие учреждения
}
rating-among = { $kind ->
    [ministry] министерств и ведомств
    [civil-registry] отделов ЗАГС
    [one-stop] МФЦ
    [employment] центров занятости
    [social] учреждений социальной защиты
    [office] отделов и управлений
    [arts-school] школ искусств
    [sports-school] спортивных школ
    [after-school] учреждений дополнительного образования
    [college] колледжей и вузов
    [school] школ
    [kindergarten] детских садов
    [dental] стоматологий
    [polyclinic] поликлиник
    [hospital] больниц
    [library] библиотек
    [culture-house] домов культуры
    [museum] музеев
    [theatre] театров и концертных залов
    [sports] спортивных объектов
    [housing] жилищных и коммунальных служб
    [transport] служб транспорта и дорог
    [administration] администраций муниципалитетов
    [large] крупных муниципалитетов
    [medium] средних муниципалитетов
    [small] малых муниципалитетов
    [municipality] муниципалитетов
    [branch] отраслей
    [administrator] администраторов
   *[other] прочих учреждений отрасли «{ $within }»
}

rating-part-short = { $part ->
    [in_time] В срок
    [speed] Скорость
    [grades] Оценки
   *[settled] Без повт.
}
rating-column-peers = Группа
rating-column-rank = Место
rating-column-name = Название
rating-column-code = Код
rating-column-branch = Отрасль
rating-column-municipality = Муниципалитет
rating-column-questions = Сообщений
rating-column-score = Баллы
rating-column-good = хорошо
rating-column-n = всего
rating-column-value = доля
rating-column-points = баллы
rating-column-median = Медиана первого ответа, рабочее время
rating-column-p90 = 90 % ответов, рабочее время
rating-column-note = Примечание
rating-note-few = вне рейтинга: меньше { NUMBER($least) } сообщений
rating-note-excluded = вне рейтинга: { $reason }
rating-sheet = Рейтинг
rating-sheet-method = Методика

rating-place = { NUMBER($rank) } место
rating-finalist = финалист
rating-badge = { $badge ->
    [all-in-time] 100 % в срок
    [fastest] Самый быстрый
    [thanks] Народное спасибо
   *[bilingual] Двуязычный
}

diploma-sheet = { $sheet ->
    [people] Администраторы
   *[places] Учреждения
}
diploma-nickname = имя из мессенджера, уточните
diploma-undeclined = не склоняется, проверьте
diploma-column-nomination = Номинация
diploma-column-place = Место
diploma-column-full-name = Учреждение
diploma-column-short-name = Краткое название
diploma-column-branch = Отрасль
diploma-column-municipality = Муниципалитет
diploma-column-score = Баллы
diploma-column-badges = Отличия
diploma-column-nominative = ФИО, кто
diploma-column-genitive = ФИО, кого
diploma-column-dative = ФИО, кому
diploma-column-position = Должность
diploma-column-check = Проверить
diploma-column-title = Итог
diploma-column-period = Период
diploma-column-date = Дата данных

rating-page-definitions = Показатели посчитаны по определениям версии { $version }.
rating-page-frozen = Итог заморожен { $frozen } по данным на { $data } и больше не меняется.
rating-page-appeal = Возражения принимаются до { $until }.
rating-page-nominations = Номинации
rating-page-not-given = Не присуждается: участников меньше трёх.
rating-page-all = Показать всех: { NUMBER($count) }
rating-page-how = Как считаются баллы
rating-page-proof = Итог целиком, чтобы проверить:
rating-page-others = Другие итоги
rating-page-foot = Здесь только учреждения и муниципалитеты. Администраторов и жителей в списке нет.
rating-page-none-title = Итогов пока нет
rating-page-none = Когда итог рейтинга опубликуют, он появится на этой странице.
rating-page-small = Группы, где мест меньше трёх: { NUMBER($count) }
