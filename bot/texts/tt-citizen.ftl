# Яшәүчеләр өчен сүзләр: якындагы оешмалар, минем хәбәрләрем, мәсьәлә хәл ителдеме, эш вакыты түгел.
# Тексты на татарском требуют вычитки носителем языка.

choose-by-place = Геопозиция җибәрергә дә була (скрепка → «Геопозиция»): якындагы оешмаларны күрсәтербез.
choose-nearest = Бу урынга иң якын оешмалар. Урынның үзен оешмага тапшырмыйбыз: ул сорауга кагылса, сайлаганнан соң аны тагын бер тапкыр җибәрегез.
choose-nearest-kept = Бу урынга иң якын оешмалар. Сүзләрегезне кемгә тапшырырга?
distance-metres = { $metres } м
distance-kilometres = { $kilometres } км

put-off = { $institution }: монысын { $at } тапшырырбыз. Бер сәгать эчендә сездән хәбәрләр күп булды инде, кабатларга кирәкми.
courtesy-heard = Рәхмәт. Соравыгыз булса, аны монда языгыз.
courtesy-shown = Тапшырдык. Соравыгыз калса, аны монда языгыз.
courtesy-greeting = Исәнмесез. Соравыгызны языгыз: тапшырырбыз һәм монда җавап бирербез.
courtesy-greeting-of = Исәнмесез. Бу – { $institution }. Соравыгызны языгыз: тапшырырбыз һәм монда җавап бирербез.

my-words = Сез яздыгыз: { $words }
my-answered = Соңгы җавап: { $at }
my-hint = Өстәп язарга яки фото җибәрергә була: шушы хәбәргә җавап итеп языгыз.
button-own = № { $number }
button-not-solved = Хәл ителмәде
button-solved = Рәхмәт, хәл ителде
button-yes = Әйе
button-no = Юк

ask-solved = № { $number } хәбәрегезгә җавап бирелде: { $institution }. Мәсьәлә хәл ителдеме?
ask-grade = № { $number } хәбәр ябылды. Җавапны бәяләгез: 1 – начар, 5 – бик яхшы. Бәягез яхшырак җавап бирергә ярдәм итәр.
ask-grade-too = Моңарчы бирелгән җавапны бәяләгез: 1 – начар, 5 – бик яхшы.
grade-heard = Рәхмәт, № { $number } хәбәр буенча бәягез: { $grade }.
solved-noted = Рәхмәт, № { $number } хәбәр ябылды.
not-solved-heard-late = № { $number } яңадан эштә · { $institution }. Җавап бирү вакыты чыккан инде, мөмкин кадәр тизрәк җавап бирерләр. Нәрсә хәл ителмичә калганын языгыз, җавап төгәлрәк булыр.
not-solved-heard = № { $number } яңадан эштә · { $institution }. Җавап { $by } килер. Нәрсә хәл ителмичә калганын языгыз, җавап төгәлрәк булыр.
solved-too-late = № { $number } хәбәр күптән ябылды. Соравыгыз калса, аны монда языгыз, без аны тапшырырбыз.

follow-up-courtesy = Җавап көтми, вакыт бармый.
button-question = Бу – сорау
press-question = Бу – сорау: № { $number } яшәүче язган вакыттан җавап көтә
press-question-already = Инде сорау, № { $number }
press-question-answered = Исәпкә алынды: № { $number } хәбәргә моннан соң җавап бирелгән
card-solved = Яшәүче: мәсьәлә хәл ителде
card-not-solved = Яшәүче: мәсьәлә хәл ителмәде
card-grade = Яшәүче бәясе: 5тән { $grade }

# Сүзләр кайсы хәбәргә карый.

words-go-to = → № { $number }, { $institution }
words-go-elsewhere = Бу хәбәр башка сөйләшүдән: җавап кайда сораган булсагыз, шунда килер.
button-elsewhere = Бу башкасына
button-new-question = Яңа сорау
button-new-question-to = Яңа сорау: { $institution }
button-leave-there = Шулай калсын
choose-where = Бу сүзләрне кайсы хәбәргә күчерергә?
words-moved-to = → № { $number }, { $institution }. Сүзләр күчерелде, көтү вакыты сез язган мизгелдән санала.
words-moved-to-new = Сүзләр яңа хәбәргә күчерелде.
words-moved-to-choose = Сүзләр күчерелде. Кемгә тапшырырга икәнен сайлагыз.
words-not-there = Бу сүзләр инде күчерелгән.
words-moved-away = № { $number }: яшәүче башка хәбәргә күчерде
card-follows = № { $other } хәбәрнең дәвамы

silence-offer = № { $number }: икенче тапкыр «Спам», { $name }. Бу яшәүченең яңа хәбәрләрен { $days } көн күрсәтмәскәме? Бәла турындагы һәм ачык сораулар буенча сүзләр барып җитә, калганын саклыйбыз.
button-silence = 30 көнгә тавышсыз
button-silence-not = Кирәкми
silence-not = № { $number }: яшәүче тавышсыз ителмәде.
silenced-line = 🔇 { $name }, { $institution }: { $until } кадәр (№ { $number }, { $by })
silenced-head = Тавышсызлар: { $count }. Бәла турындагы сүзләр барып җитә, калганы саклана һәм соңрак күрсәтелә.
silenced-more = … һәм тагын { $count }
silenced-nobody = Тавышсыз кеше юк.
button-lift = Алырга
button-lift-of = Алырга № { $number }
silence-lifted = № { $number } · { $name }: инде тавышсыз түгел. Шул вакытта килде: { $count }. Моның өчен вакыт бармый.
silence-told = { $institution } монда яңа хәбәрләрегезне { $until } кадәр укымаячак. Бәла булса языгыз һәм 112 номерына шалтыратыгыз. Рәсми рәвештә Госуслуги аша язарга була.
silence-over = { $institution } хәбәрләрегезне яңадан укый.
press-silenced = 30 көнгә тавышсыз
press-silence-not = Тавышсыз түгел
press-silenced-already = Инде тавышсыз
press-lifted = Алынды
press-lifted-already = Инде алынган

institution-ended = { $institution }: оешма ябылды. Башка оешманың исемен языгыз.
institution-succeeded = { $institution }: оешма ябылды. Хәзер { $heir } җавап бирә.
