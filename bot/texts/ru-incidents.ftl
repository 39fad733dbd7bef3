# Массовое событие: многие пишут об одном.

incident-head = 📢 Массовое событие № { $number }: { $matter }
incident-numbers =
    { $count ->
        [one] В нём { $count } сообщение, ждут ответа: { $waiting }
        [few] В нём { $count } сообщения, ждут ответа: { $waiting }
       *[many] В нём { $count } сообщений, ждут ответа: { $waiting }
    }
incident-answer = Новым жителям сразу приходит: { $words }
incident-hint = Чтобы ответить всем, ответьте на это сообщение. Новые сообщения об этом собираются здесь, отдельных карточек нет. Кто напишет ещё раз, получит свою карточку.
incident-ended = Завершено. Кто ещё ждёт ответа, показан отдельными карточками.
button-incident-list = Кто ждёт
button-incident-close = Завершить
button-incident-send = Отправить всем
button-incident-drop = Не отправлять
button-incident-join = Объединить
incident-how = Если многие пишут об одном, объедините их: /incident и коротко о чём, например: /incident нет воды
incident-too-long = Слишком длинно: нужно не больше { $most } знаков, например: /incident нет воды
incident-known = 📢 Массовое событие № { $number } уже открыто: { $matter }. Чтобы ответить всем, ответьте на это сообщение.
incident-words-only = Ответ всем может быть только текстом. Напишите его ответом на сообщение о событии.
incident-draft =
    { $count ->
        [one] Этот ответ получит { $count } житель, а новые – сразу:
        [few] Этот ответ получат { $count } жителя, а новые – сразу:
       *[many] Этот ответ получат { $count } жителей, а новые – сразу:
    }

    { $words }
incident-sent = Массовое событие № { $number }: ответ отправляется всем.
incident-dropped = Массовое событие № { $number }: ответ не отправлен.
incident-list = Массовое событие № { $number }, ждут ответа. Ответить одному: /ticket и номер покажет всё сказанное.
incident-nobody-waits = Массовое событие № { $number }: все ответы даны.
press-incident-closed = Событие завершено
incident-suspicion =
    { $count ->
        [one] За час пришло { $count } сообщение об одном: { $matter }. Если это одно событие, объедините их и ответьте всем сразу.
        [few] За час пришло { $count } сообщения об одном: { $matter }. Если это одно событие, объедините их и ответьте всем сразу.
       *[many] За час пришло { $count } сообщений об одном: { $matter }. Если это одно событие, объедините их и ответьте всем сразу.
    }
incident-suspicion-taken = Объединено: { $matter }
incident-late = 📢 Массовое событие № { $number }: { $matter }. Срок ответа истёк, житель ждёт { $waits }. Ответьте всем: ответом на сообщение о событии.
incident-opened =
    { $count ->
        [one] Массовое событие № { $number }, { $institution }: { $matter }. Пока { $count } сообщение.
        [few] Массовое событие № { $number }, { $institution }: { $matter }. Пока { $count } сообщения.
       *[many] Массовое событие № { $number }, { $institution }: { $matter }. Пока { $count } сообщений.
    }
incident-closed =
    { $count ->
        [one] Массовое событие № { $number } завершено, { $institution }: { $matter }. В нём { $count } сообщение.
        [few] Массовое событие № { $number } завершено, { $institution }: { $matter }. В нём { $count } сообщения.
       *[many] Массовое событие № { $number } завершено, { $institution }: { $matter }. В нём { $count } сообщений.
    }
incident-accepted =
    Принято, № { $number } · { $institution }. Там об этом уже знают:

    { $words }

    Если у вас другое или нужно добавить, напишите.
overdue-incident =
    { $count ->
        [one] Массовое событие № { $number }, { $institution }: { $matter }, { $count } сообщение, дольше всех ждут { $waits }
        [few] Массовое событие № { $number }, { $institution }: { $matter }, { $count } сообщения, дольше всех ждут { $waits }
       *[many] Массовое событие № { $number }, { $institution }: { $matter }, { $count } сообщений, дольше всех ждут { $waits }
    }
