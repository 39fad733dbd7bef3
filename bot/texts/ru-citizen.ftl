# Слова для жителей: где рядом, мои сообщения, решён ли вопрос, нерабочее время.

choose-by-place = Можно отправить геопозицию (скрепка → «Геопозиция»): покажем, что рядом.
choose-nearest = Вот что ближе всего к этому месту. Само место учреждению не передаём: если оно относится к вопросу, пришлите его ещё раз после выбора.
choose-nearest-kept = Вот что ближе всего к этому месту. Кому передать ваши слова?
distance-metres = { $metres } м
distance-kilometres = { $kilometres } км

put-off = Передадим { $at }: { $institution }. За час от вас уже много сообщений, повторять не нужно.
courtesy-heard = Рады помочь. Если есть вопрос, напишите его сюда.
courtesy-shown = Передали. Если остался вопрос, напишите его сюда.
courtesy-greeting = Здравствуйте. Напишите ваш вопрос: передадим его и ответим здесь.
courtesy-greeting-of = Здравствуйте. Это { $institution }. Напишите ваш вопрос: передадим его и ответим здесь.

my-words = Вы писали: { $words }
my-answered = Последний ответ: { $at }
my-hint = Дописать подробности или прислать фото можно сюда, в ответ на это сообщение.
button-own = № { $number }
button-not-solved = Не решено
button-solved = Спасибо, решено
button-yes = Да
button-no = Нет

ask-solved = Вам ответили на сообщение № { $number }, { $institution }. Вопрос решён?
ask-grade = Сообщение № { $number } закрыто. Как вам ответили? 1 – плохо, 5 – отлично. Оценка поможет отвечать лучше.
ask-grade-too = Как вам ответили до сих пор? 1 – плохо, 5 – отлично.
grade-heard = Спасибо, ваша оценка по сообщению № { $number }: { $grade }.
solved-noted = Спасибо, сообщение № { $number } закрыто.
not-solved-heard-late = № { $number } снова в работе · { $institution }. Срок ответа уже прошёл, ответят как можно скорее. Напишите, что осталось нерешённым, так ответят точнее.
not-solved-heard = № { $number } снова в работе · { $institution }. Ответим { $by }. Напишите, что осталось нерешённым, так ответят точнее.
solved-too-late = Сообщение № { $number } давно закрыто. Если вопрос остался, напишите его сюда, и мы его передадим.

follow-up-courtesy = Ответа не ждёт, часы не идут.
button-question = Это вопрос
press-question = Это вопрос: № { $number } ждёт ответа с того времени, как житель написал
press-question-already = Уже вопрос, № { $number }
press-question-answered = Учтено: на № { $number } после этого уже ответили
card-solved = Житель: вопрос решён
card-not-solved = Житель: вопрос не решён
card-grade = Оценка жителя: { $grade } из 5

# К какому сообщению относятся слова.

words-go-to = → № { $number }, { $institution }
words-go-elsewhere = Это сообщение из другого диалога: ответ придёт туда, где вы спрашивали.
button-elsewhere = Это к другому
button-new-question = Новый вопрос
button-new-question-to = Новый вопрос: { $institution }
button-leave-there = Оставить так
choose-where = К какому сообщению отнести эти слова?
words-moved-to = → № { $number }, { $institution }. Слова перенесены, время ожидания считается с того, как вы их написали.
words-moved-to-new = Слова перенесены в новое сообщение.
words-moved-to-choose = Слова перенесены. Выберите, кому их передать.
words-not-there = Эти слова уже перенесены.
words-moved-away = № { $number }: житель перенёс в другое сообщение
card-follows = Продолжение сообщения № { $other }

silence-offer = № { $number }: второй раз «Спам», { $name }. Не показывать новые сообщения этого жителя { $days } дней? Слова о беде и об открытых вопросах дойдут, остальное сохраним.
button-silence = Заглушить на 30 дней
button-silence-not = Не нужно
silence-not = № { $number }: житель не заглушён.
silenced-line = 🔇 { $name }, { $institution }: до { $until } (№ { $number }, { $by })
silenced-head = Заглушены: { $count }. Слова о беде доходят, остальное хранится и покажется после снятия.
silenced-more = … и ещё { $count }
silenced-nobody = Никто не заглушён.
button-lift = Снять
button-lift-of = Снять № { $number }
silence-lifted = № { $number } · { $name }: больше не заглушён. Пришло за это время: { $count }. Часы для этого не идут.
silence-told = { $institution } не будет читать ваши новые сообщения здесь до { $until }. О беде пишите и звоните 112. Официально написать можно через Госуслуги.
silence-over = { $institution } снова читает ваши сообщения.
press-silenced = Заглушён на 30 дней
press-silence-not = Не заглушён
press-silenced-already = Уже заглушён
press-lifted = Снято
press-lifted-already = Уже снято

institution-ended = { $institution }: учреждение закрыто. Напишите название другого учреждения.
institution-succeeded = { $institution }: учреждение закрыто. Теперь отвечает { $heir }.
