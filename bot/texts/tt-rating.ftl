# Рейтинг: bot/reports/rating (/rating җавабы, файллар, ачык бит).

rating-title = Рейтинг: { $scope }, { $period }
rating-nobody = Әлегә чагыштырыр кеше юк: бу вакыт эчендә кимендә { NUMBER($least) } хәбәр кирәк.
rating-group = { $peers } ({ NUMBER($ranked) })
rating-line = { $rank }. { $name } – { $score } (хәбәрләр: { NUMBER($questions) })
rating-line-own = ▸ { $rank }. { $name } – { $score } (хәбәрләр: { NUMBER($questions) })
rating-more-groups = Тагын төркемнәр: { NUMBER($count) }, алар файлда бар.
rating-published = Игълан ителгән нәтиҗә, ул инде үзгәрми: «{ $title }», { $period }
rating-published-at = Игълан ителгән нәтиҗә, ул инде үзгәрми: «{ $title }», { $period }. Уку: { $address }
rating-own = { $name }: { $among } арасында { NUMBER($ranked) } урыннан { NUMBER($rank) } урын, 100 баллдан { $score } балл.
rating-own-alone = { $name }: 100 баллдан { $score } балл. Чагыштырыр кеше юк: { $among } арасында башка беркем дә юк.
rating-own-outside = { $name }: әлегә рейтингта түгел. Кимендә { NUMBER($least) } хәбәр кирәк, { NUMBER($questions) } булды.
rating-own-excluded = { $name }: рейтингта түгел. Сәбәбе: { $reason }.

rating-weights = 100 баллның { $in_time } – вакытында бирелгән җаваплар, { $speed } – охшашлар арасында тизлек, { $grades } – 4–5 билгеләре, { $settled } – җавапсыз калмаган һәм кабат ачылмаган хәбәрләр өчен.
rating-method =
    Рейтинг ничек санала

    Охшашлар чагыштырыла: мәктәпләр мәктәпләр белән, районнар зурлыгы якын районнар белән. Урын { NUMBER($least) } хәбәрдән башлап бирелә.

    • Вакытында, { $in_time } баллга кадәр: барлык җаваплар һәм соңга калулар арасында вакытында бирелгәннәре.
    • Тизлек, { $speed } баллга кадәр: охшашларның ничәсендә эш вакытында беренче җавап медианасы озынрак; тигезләре ярты булып санала.
    • Билгеләр, { $grades } баллга кадәр: билге { NUMBER($least) } һәм күбрәк булса, яшәүчеләрнең дүртле һәм бишлеләре. Азрак булса, бу баллар калган өлешләргә бүленә.
    • Җавапсыз калмаган һәм кабат ачылмаган хәбәрләр, { $settled } баллга кадәр.

    Өлешләр сак алына: Уилсонның 95 % интервалының аскы чиге, 4 тамга. Шуңа күрә 5 тән 5 – 100 дән 95 кә караганда азрак. Тизлек – гади өлеш.
    Өлеш баллы = авырлык × өлеш, 2 тамга. Нәтиҗә = баллар суммасы × 100 / авырлыклар суммасы.
    Нәтиҗә тигез булса, хәбәре күбрәк булганы югарырак, аннары 90 % җавабы тизрәк булганы. Барысы да тигез булса, урын уртак.
rating-worked-out = { $name }:
rating-part = { $part ->
    [in_time] Вакытында
    [speed] Тизлек
    [grades] 4–5 билгеләре
   *[settled] Җавапсыз калмаган һәм кабат ачылмаган
}
rating-part-median = { $part } (медиана { $median })
rating-part-line = { $part }: { $n } эчендә { $good } → { $value } × { $weight } = { $points }
rating-part-nothing = { $part }: саналмый ({ $n } бар)
rating-total = Нәтиҗә: { $points } × 100 / { $weights } = { $score }

rating-peers-within = { $within }: { $peers }
rating-peers = { $kind ->
    [ministry] министрлыклар һәм ведомстволар
    [civil-registry] ЗАГС
    [one-stop] МФЦ
    [employment] мәшгульлек үзәкләре
    [social] социаль яклау һәм хезмәт күрсәтү
    [office] бүлекләр һәм идарәләр
    [arts-school] сәнгать мәктәпләре
    [sports-school] спорт мәктәпләре
    [after-school] өстәмә белем бирү
    [college] көллиятләр һәм югары уку йортлары
    [school] мәктәпләр
    [kindergarten] балалар бакчалары
    [dental] стоматологияләр
    [polyclinic] поликлиникалар
    [hospital] хастаханәләр
    [library] китапханәләр
    [culture-house] мәдәният йортлары
    [museum] музейлар
    [theatre] театрлар һәм концерт заллары
    [sports] спорт корылмалары
    [housing] торак-коммуналь хезмәтләр
    [transport] транспорт һәм юллар
    [administration] муниципалитет хакимиятләре
    [large] зур муниципалитетлар
    [medium] уртача муниципалитетлар
    [small] кечкенә муниципалитетлар
    [municipality] муниципалитетлар
    [branch] тармаклар
    [administrator] администраторлар
   *[other] башка оешмалар
}
rating-among = { $kind ->
    [ministry] министрлыклар һәм ведомстволар
    [civil-registry] ЗАГС бүлекләре
    [one-stop] МФЦлар
    [employment] мәшгульлек үзәкләре
    [social] социаль яклау оешмалары
    [office] бүлекләр һәм идарәләр
    [arts-school] сәнгать мәктәпләре
    [sports-school] спорт мәктәпләре
    [after-school] өстәмә белем бирү оешмалары
    [college] көллиятләр һәм югары уку йортлары
    [school] мәктәпләр
    [kindergarten] балалар бакчалары
    [dental] стоматологияләр
    [polyclinic] поликлиникалар
    [hospital] хастаханәләр
    [library] китапханәләр
    [culture-house] мәдәният йортлары
    [museum] музейлар
    [theatre] театрлар һәм концерт заллары
    [sports] спорт корылмалары
    [housing] торак-коммуналь хезмәтләр
    [transport] транспорт һәм юл хезмәтләре
    [administration] муниципалитет хакимиятләре
    [large] зур муниципалитетлар
    [medium] уртача муниципалитетлар
    [small] кечкенә муниципалитетлар
    [municipality] муниципалитетлар
    [branch] тармаклар
    [administrator] администраторлар
   *[other] «{ $within }» тармагының башка оешмалары
}

rating-part-short = { $part ->
    [in_time] Вакытында
    [speed] Тизлек
    [grades] Билгеләр
   *[settled] Кабатсыз
}
rating-column-peers = Төркем
rating-column-rank = Урын
rating-column-name = Исеме
rating-column-code = Код
rating-column-branch = Тармак
rating-column-municipality = Муниципалитет
rating-column-questions = Хәбәрләр
rating-column-score = Балл
rating-column-good = яхшы
rating-column-n = барлыгы
rating-column-value = өлеш
rating-column-points = балл
rating-column-median = Беренче җавап медианасы, эш вакыты
rating-column-p90 = Җавапларның 90 %, эш вакыты
rating-column-note = Искәрмә
rating-note-few = рейтингта түгел: { NUMBER($least) } хәбәрдән азрак
rating-note-excluded = рейтингта түгел: { $reason }
rating-sheet = Рейтинг
rating-sheet-method = Методика

rating-place = { NUMBER($rank) } урын
rating-finalist = финалист
rating-badge = { $badge ->
    [all-in-time] 100 % вакытында
    [fastest] Иң тиз
    [thanks] Халык рәхмәте
   *[bilingual] Ике телле
}

diploma-sheet = { $sheet ->
    [people] Администраторлар
   *[places] Оешмалар
}
diploma-nickname = исем мессенджердан, ачыклагыз
diploma-undeclined = килеш белән төрләнми, тикшерегез
diploma-column-nomination = Номинация
diploma-column-place = Урын
diploma-column-full-name = Оешма
diploma-column-short-name = Кыска исеме
diploma-column-branch = Тармак
diploma-column-municipality = Муниципалитет
diploma-column-score = Балл
diploma-column-badges = Билгеләп үтелә
diploma-column-nominative = Фамилия, исем, кем
diploma-column-genitive = Фамилия, исем, рус телендә «кого»
diploma-column-dative = Фамилия, исем, рус телендә «кому»
diploma-column-position = Вазыйфа
diploma-column-check = Тикшерергә
diploma-column-title = Нәтиҗә
diploma-column-period = Чор
diploma-column-date = Мәгълүмат көне

rating-page-definitions = Күрсәткечләр билгеләмәләрнең { $version } версиясе буенча исәпләнгән.
rating-page-frozen = Нәтиҗә { $frozen } көнне { $data } мәгълүматы буенча туңдырылган һәм бүтән үзгәрми.
rating-page-appeal = Каршы фикерләр { $until } көненә кадәр кабул ителә.
rating-page-nominations = Номинацияләр
rating-page-not-given = Бирелми: катнашучылар өчтән ким.
rating-page-all = Барысын да күрсәтергә: { NUMBER($count) }
rating-page-how = Баллар ничек санала
rating-page-proof = Тикшерү өчен бөтен нәтиҗә:
rating-page-others = Башка нәтиҗәләр
rating-page-foot = Монда бары тик оешмалар һәм муниципалитетлар. Администраторлар һәм яшәүчеләр исемлектә юк.
rating-page-none-title = Әлегә нәтиҗәләр юк
rating-page-none = Рейтинг нәтиҗәсе басылып чыккач, ул шушы биттә күренәчәк.
rating-page-small = Урыннары өчтән ким төркемнәр: { NUMBER($count) }
