# Закрытие из рабочего чата: причина, и что читает житель.

closing-why = ✖ № { $number }: почему закрываете без ответа? Житель прочтёт причину. Свою причину можно написать ответом на это сообщение, её увидит только этот чат.
closing-type = ✖ № { $number }: напишите причину ответом на это сообщение. Её увидит только этот чат, житель прочтёт «Закрыто без ответа».
closing-by_phone = Решено по телефону
closing-not_ours = Не наш вопрос
closing-no_details = Житель не уточнил
closing-other = Другая причина
closing-done = № { $number } закрыто без ответа: { $reason } ({ $name })
closing-noted = № { $number } закрыто без ответа, причина – заметка для своих
closing-left = № { $number } не закрыто
button-closing-leave = Не закрывать
press-closing-why = № { $number }: выберите причину
closed-because =
    Сообщение № { $number } закрыто без ответа. { $institution } указывает причину: «{ $reason }».

    Не согласны? Нажмите кнопку или напишите сюда, и оно снова откроется.
closed-without-answer =
    Сообщение № { $number }, { $institution }. Закрыто без ответа.

    Не согласны? Нажмите кнопку или напишите сюда, и оно снова откроется.
opened-again = Сообщение № { $number } снова открыто, { $institution } это увидит.

# Житель: не туда, отменить.

button-misdirected = Не туда
button-withdraw = Отменить
button-cancel = Отменить
misdirected-where = Куда передать сообщение № { $number }? Напишите название или выберите. Срок ответа прежний.
misdirected-stays = Сообщение № { $number } осталось там, где было.
misdirected-perhaps = Если сообщение № { $number } попало не туда (сейчас его читает { $institution }), передадим его или отзовём.
withdrawn-heard = Сообщение № { $number } отозвано, отвечать на него не будут. Новый вопрос можно написать сюда.
withdrawn-already = Сообщение № { $number } уже отозвано.
withdraw-answered = На сообщение № { $number } уже отвечают. Если вопрос другой, напишите его сюда.
withdraw-too-late = Сообщение № { $number } принято давно, кнопка больше не действует. Напишите сюда, что изменилось.
withdrawn-not-sent = № { $number }: житель отозвал сообщение, ответ ему не отправлен
press-withdrawn = № { $number }: житель отозвал сообщение
card-withdrawn = ✖ Житель отозвал
card-moved-by-citizen = ↪ Житель передал { $at }: { $institution }
state-withdrawn = отозвано вами
draft-nothing = Отменять уже нечего. Новый вопрос можно написать сюда.
draft-cancelled = Отменено, ваши слова никому не переданы. Новый вопрос можно написать сюда.
