# Җитәкче бите: bot/reports. Тексты на татарском требуют вычитки носителем языка.

page-title = Яшәүчеләргә ничек җавап бирәләр
page-compared = Үзгәрешләр { $period } белән чагыштырыла
page-made = Мәгълүматлар { $moment } вакытына

page-tile-questions = Хәбәрләр
page-tile-in-time = Вакытында җавап бирелгән
page-tile-median = Беренче җавап, медиана
page-tile-grades = 4–5 бәяләр
page-note-questions = җавапсыз { NUMBER($unanswered) }, вакыты чыккан { NUMBER($overdue) }
page-note-in-time = { NUMBER($judged) } хәбәрдән { NUMBER($in_time) }
page-note-median = эш вакытында { $working }, n = { NUMBER($n) }
page-note-grades = уртача { $mean }, n = { NUMBER($n) }
page-median = медиана { $median }
page-note-nothing = исәпләрлек нәрсә юк

change-same = элеккечә
change-more = { NUMBER($percent) } % күбрәк
change-fewer = { NUMBER($percent) } % азрак
change-better = { $points } п. п. яхшырак
change-worse = { $points } п. п. начаррак
change-faster = { $duration } тизрәк
change-slower = { $duration } озаграк

page-best = Вакытында ешрак җавап бирә
page-worst = Вакытында сирәгрәк җавап бирә
page-worst-nobody = Уртача өлештән түбән беркем дә юк.
page-best-nobody = Әлегә беркем дә вакытында җавап бирмәгән.
page-ranked-nobody = Әлегә чагыштырырлык нәрсә юк: { NUMBER($least) } һәм күбрәк хәбәре булган ким дигәндә икәү кирәк.
page-waiting = Җавапны иң озак көтәләр
page-waiting-nobody = Беркем дә көтми.
page-waiting-line = № { $number }
page-waiting-overdue = вакыты чыккан
page-topics = Темалар
page-topics-share = вакытында
page-topics-nobody = Хәбәрләр булмаган.
page-channels = Каналлар
page-weeks-questions = Атнага хәбәрләр
page-weeks-share = Вакытында җавап бирелгән, %
page-weeks-hours = Беренче җавап, эш сәгатьләре
page-weeks-norm = норма { $hours } сәг.
page-weeks-nobody = Унике атнада хәбәрләр булмаган.

page-method-in-time = Вакытында – кеше җавабы хәбәр ачылганда билгеләнгән вакыттан соңга калмыйча яшәүчегә тапшырылган; өлеш – барлык җаваплардан һәм вакыты чыккан җавапсызлардан. Медиана – җавапларның яртысы тизрәк килгән.
page-method-order = Ешрак һәм сирәгрәк – уртача өлеш белән чагыштырганда; тәртип – өлешнең чикләре буенча (Уилсон, 95 %): ешрак – аскы, сирәгрәк – өске чик буенча, { NUMBER($least) } хәбәрдән башлап; n – ничә хәбәр исәпләнгән.
page-method-short = Вакытында – барлык җаваплардан һәм вакыты чыкканнардан.
page-method-short-order = Ешрак һәм сирәгрәк – уртача өлешкә карата, Уилсон тәртибе буенча, { NUMBER($least) } хәбәрдән башлап.
page-method-percentiles = { $percentiles ->
    [exact] Вакытлар төгәл.
   *[other] Вакытлар 1 % төгәллек белән.
}
page-method-outages = Эшләмәгән: { $outages }.
page-method-outage = { $channel } – { $duration }
page-method-no-outages = Мессенджерлар эшендә өзеклекләр билгеләнмәгән.
page-method-replayed = Хәзерге календарьлар һәм вакытлар буенча яңадан исәпләнгән.
page-method-beside = Керми: җавап кирәкми { NUMBER($excused) }, спам { NUMBER($spam) }, кабатлаулар { NUMBER($duplicates) }, кире алынган { NUMBER($withdrawn) }, тавышсыз { NUMBER($silenced) }. Вакыты чыккач билгеләнгәне кичеккән булып кала.
