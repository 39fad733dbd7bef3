# Хәбәрне башка оешмага тапшыру.

report-transferred = Башка оешмаларга тапшырылган: { NUMBER($transferred) }
report-column-held = Оешманың үз вакыты
answer-head-comment = Җавап бирә: { $institution }

button-transfer = Тапшырырга
button-transfer-cancel = Тапшырмаска
press-choose-target = Яңа хәбәрдә оешманы сайлагыз
press-transferred-already = № { $number } инде тапшырылган: { $institution }
transfer-choose = ↪ № { $number }: кемгә тапшырырга? Оешмага басыгыз яки бу хәбәргә аның исемен җавап итеп языгыз. Сызыктан соң сәбәбен язарга була: «6 нчы поликлиника – прививкалар турында», аны администраторлар гына күрер. Яшәүчегә кая тапшырылганы әйтелә, вакыты элеккечә кала.
transfer-found = ↪ № { $number }: исеме буенча табылды. Оешмага басыгыз, хәбәр шунда китә. Башка исемне бу хәбәргә җавап итеп язарга була.
transfer-not-found = ↪ № { $number }: мондый оешма табылмады. Бу хәбәргә исемен шәһәре яки районы белән җавап итеп языгыз.
transfer-no-chat = ↪ № { $number }: { $institution } оешмасының эш чаты әлегә юк, анда җавап бирүче юк. Төймәдә булса, югарырак оешмага тапшырырга яки бу хәбәргә башка исем язарга була.
transfer-closed = ↪ № { $number }: яшәүче Telegram аша яза, ә { $institution } оешмасына анда язышырга ярамый. Башка оешманы сайлагыз яки бу хәбәргә аның исемен җавап итеп языгыз.
topic-moved = ↪ № { $number } · тапшырылды: { $institution }
transfer-only-parent = ↪ № { $number }: бу хәбәрне { $count } тапкыр тапшырганнар инде, хәзер аны югарырак оешмага гына тапшырырга була.
transfer-no-more = ↪ № { $number }: бу хәбәрне { $count } тапкыр тапшырганнар инде, эш чаты булган югарырак оешма юк. Яшәүчегә үзегез җавап бирегез: кем ярдәм итә алганын әйтегез.
transfer-done = № { $number } тапшырылды: { $institution } ({ $name })
transfer-kept = № { $number } сездә кала
transfer-elsewhere = № { $number } тапшырылды: { $institution }. Җавапны анда бирәләр, бу чаттан яшәүчегә бернәрсә дә җибәрелмәде.
transfer-usage = Номерын һәм исемен языгыз, мәсәлән: /transfer 412 6 нчы поликлиника – прививкалар турында
card-inherited = ↪ Оешма ябылды, { $at } тапшырылды: { $institution }
card-moved = ↪ Тапшырылды { $at }: { $institution } ({ $name })
card-came-to = ↪ Сезгә тапшырылды, яшәүче монда язган иде: { $institution }
history-head = № { $number }, инде әйтелгәннәр:

ticket-transferred = Тапшырдык, № { $number } · { $institution }. Вакыты элеккечә: җавап { $by } шушында килер. Яңадан язарга кирәкми.
ticket-transferred-late = Тапшырдык, № { $number } · { $institution }. Җавап шушында килер, яңадан язарга кирәкми.
