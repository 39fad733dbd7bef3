# Җитәкче битләре: bot/web/pages һәм handlers/pages. Тексты на татарском требуют вычитки носителем языка.

pages-link =
    Күрсәткечләр битләренә керү:
    { $link }
    Сылтама { NUMBER($minutes) } мин эшли һәм бер җайланманы ача. Аны башкаларга җибәрмәгез: ул сезнеке.
pages-link-here =
    Күрсәткечләр битләренә керү:
    { $link }
    Сылтама { NUMBER($minutes) } мин эшли һәм бер җайланманы ача. Адрес программа эшли торган компьютерда гына ачыла: ачык адрес билгеләнмәгән (OTKLIK_PUBLIC_URL).
pages-link-none = Битләр хәзер ачык түгел: битләр серверы эшләми. Бу турыда система администраторына әйтегез.
pages-signed-out = Битләргә барлык керүләрегез ябылды. Яңа сылтама – /pages

pages-name = Отклик
pages-skip = Эчтәлеккә
pages-enter-title = Күрсәткечләр битләре
pages-enter-why = Сылтама бер тапкыр, бу биттәге төймә белән ачыла. Кергәннән соң битләр бу җайланмада унике сәгать ачык.
pages-enter = Керү
pages-closed-title = Җитәкче битләре
pages-closed = Сез хәзер кермәгән: керү вакыты чыккан яки рөхсәт ябылган.
pages-link-old = Бу сылтама инде кулланылган яки искергән.
pages-too-often = Дөрес булмаган сылтамалар артык күп. Ун минут көтегез.
pages-foreign-form = Бу форма безнең биттән ачылмаган яки искергән. Битне яңадан ачыгыз.
pages-left = Сез чыктыгыз.
pages-how-to-enter = Керү өчен шәхси диалогта ботка /pages дип языгыз: ул сылтама җибәрер.
pages-sign-out = Чыгу
pages-nothing-title = Монда бернәрсә дә юк
pages-not-here = Мондый оешма, район, тармак яки хәбәр сезгә ачык булганнар арасында юк.
pages-no-such-page = Мондый бит юк.
pages-to-summary = Җыелмага

pages-way = Сез кайда
pages-period = Вакыт
pages-period-today = Бүген
pages-period-week = Атна
pages-period-last-week = Узган атна
pages-period-month = Ай
pages-period-last-month = Узган ай
pages-period-quarter = Квартал
pages-period-year = Ел
pages-own-dates = Үз көннәр
pages-from = Башы
pages-to = Азагы
pages-show = Күрсәтү
pages-own-scopes = Сезгә ачык өлешләр

pages-main-figures = Иң мөһиме
pages-waiting = Кем җавап көтә
pages-more-figures = Тулырак
pages-against = Чагыштыру – моның алдындагы шундый ук озынлыктагы вакыт белән.
pages-points = { NUMBER($points) } процент пункты
pages-more = ▲ { $change } күбрәк
pages-less = ▼ { $change } кимрәк
pages-as-before = = элеккечә
pages-better = – яхшырак
pages-worse = – начаррак
pages-weeks = Унике атна
pages-week = Атна
pages-weeks-asked = хәбәрләр
pages-weeks-in-time = шулардан вакытында җавап алганнар
pages-weeks-alt = Атналар буенча баганалар: ничә хәбәр һәм шуларның ничәсе вакытында җавап алган. Шул ук саннар – астагы таблицада.
pages-as-table = Шул ук саннар таблицада
pages-line-name = Исем
pages-sort = Бу багана буенча тәртипкә салу
pages-all-lines = Барысын да күрсәтү: { NUMBER($count) }
pages-pages = Исемлек битләре
pages-incidents = Күмәк вакыйгалар
pages-incident = № { $number }, { $matter }: хәбәрләр { NUMBER($count) }, җавапсыз { NUMBER($unanswered) }
pages-outages = Мессенджер эшләмәгән вакыт
pages-about = Медиана һәм 90 % 1 % төгәллек белән күрсәтелгән.
pages-made-at = Саннар { $moment } вакытына.
pages-refresh = Яңарту
pages-offline = Яңа саннар хәзер килми: элеккеләре күрсәтелгән.
pages-method = Беренче җавап вакыты – яшәүченең хәбәреннән кешенең беренче җавабы барып җиткәнче; «вакытында» – хәбәр килгәндә гамәлдә булган норма буенча. n – ничә очрак исәпләнгән. Хәбәр килгән вакытына керә.

pages-figure-questions = Хәбәрләр
pages-figure-answered = Җавап алганнар
pages-figure-in_time = Вакытында җавап
pages-figure-median = Беренче җавап, медиана
pages-figure-p90 = Беренче җавап, 90 % тизрәк
pages-figure-working = Эш сәгатьләрендә беренче җавап, медиана
pages-figure-next = Киләсе җавап, медиана
pages-figure-resolution = Ябылганчы, медиана
pages-figure-resolved_in_time = Вакытында чишелгән
pages-figure-good = 4–5 бәяләр
pages-figure-mean = Уртача бәя
pages-figure-unanswered = Җавапсыз
pages-figure-overdue = Вакыты чыккан
pages-figure-oldest = Иң озак көтәләр
pages-figure-reopened = Яңадан ачылган
pages-figure-transferred = Тапшырылган
pages-figure-comments = Комментарийларда
pages-figure-no_answer_needed = Җавап кирәкми
pages-figure-spam = Спам
pages-figure-duplicates = Кабатланганнар
pages-figure-interim = Соңгы җавапны көтәләр
pages-figure-hard = Бер тәүлектә җавап

pages-short-questions = Хәбәр
pages-short-in_time = Вакытында
pages-short-median = Медиана
pages-short-overdue = Чыккан
pages-short-unanswered = Җавапсыз
pages-short-good = 4–5 бәяләр
pages-short-reopened = Яңадан
pages-short-transferred = Тапшыр.
