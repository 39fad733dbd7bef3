# Нормативы: напоминания, промежуточный ответ, повторы.

happened-duplicate = отмечено как повтор сообщения № { $detail }
happened-warned = рабочему чату напомнили: прошло { $detail } % времени на ответ
happened-interim = ответ отмечен как промежуточный
happened-final = ответ отмечен как окончательный
happened-unsolved = срок решения истёк

reminder-early = № { $number }: житель ждёт { $waits }, ответить до { $until }. Ответьте на карточку или прямо на это сообщение.
reminder-soon = № { $number }: срок близко, ответить до { $until }, житель ждёт { $waits }. Ответьте на карточку или прямо на это сообщение.
reminder-late = № { $number }: срок ответа истёк, житель ждёт { $waits }, ответ был нужен до { $until }. Ответьте на карточку или прямо на это сообщение.
reminder-final-soon = № { $number }: жителю обещан окончательный ответ до { $until }. Ответьте на карточку или прямо на это сообщение.
reminder-final-late = № { $number }: житель не получил окончательного ответа, он был обещан до { $until }. Ответьте на карточку или прямо на это сообщение.
reminder-deputy = { $name } не работает по { $until }, заменяет { $deputy }.
reminder-everybody = Сообщение никто не взял. Ответить могут: { $names }.
reminder-untaken = Сообщение никто не взял.
reminders-head =
    { $count ->
        [one] Ждёт ответа { $count } сообщение, ответьте на карточку:
        [few] Ждут ответа { $count } сообщения, ответьте на карточки:
       *[many] Ждут ответа { $count } сообщений, ответьте на карточки:
    }
reminders-line-early = № { $number } · ждёт { $waits }, ответить до { $until }
reminders-line-soon = ⏳ № { $number } · ждёт { $waits }, срок близко, ответить до { $until }
reminders-line-late = 🔴 № { $number } · ждёт { $waits }, срок истёк, ответ был нужен до { $until }
reminders-line-final-soon = № { $number } · обещан окончательный ответ до { $until }
reminders-line-final-late = 🔴 № { $number } · окончательный ответ был обещан до { $until }
parent-late = № { $number }, { $institution }: срок ответа истёк, житель ждёт { $waits }, ответ был нужен до { $until }. Помогите учреждению ответить. Передать сообщение вам оно может кнопкой «Передать».
several-parent-late = { $institution }: срок ответа истёк, сообщений: { $count } ({ $numbers }). Помогите учреждению ответить. Передать сообщения вам оно может кнопкой «Передать».
escalation = № { $number }, { $institution }: срок ответа истёк, житель ждёт { $waits }, ответ был нужен до { $until }. Все такие сообщения: /overdue
several-escalation = { $institution }: срок ответа истёк, сообщений: { $count } ({ $numbers }). Все такие сообщения: /overdue
escalation-final = № { $number }, { $institution }: житель ждёт решения { $waits }, окончательный ответ был обещан до { $until }.
several-escalation-final = { $institution }: жители не получили обещанного окончательного ответа, сообщений: { $count } ({ $numbers }).

# Промежуточный ответ.

button-interim = Промежуточный
button-final = Окончательный
press-interim = № { $number }: отмечено, ждём окончательного ответа
press-interim-already = № { $number }: уже отмечено как промежуточный
press-final = № { $number }: отмечено как окончательный
press-final-already = № { $number }: ответ уже окончательный
press-no-answer = № { $number }: ответа ещё нет
interim-promise = Это промежуточный ответ. Окончательно по № { $number } ответим { $by }, сюда же.
interim-promise-open = Это промежуточный ответ. Окончательно по № { $number } ответим сюда же.
interim-empty = № { $number }: после точек нет слов, жителю ничего не отправлено. Напишите промежуточный ответ после трёх точек, например: ... Заявку приняли, мастер придёт в четверг.
card-interim = ⏳ Ответ промежуточный, окончательный – до { $until }
card-interim-late = 🔴 Ответ промежуточный, окончательный был нужен до { $until }
card-interim-open = ⏳ Ответ промежуточный, нужен окончательный
topic-mark-interim = ⏳
state-interim = есть промежуточный ответ, окончательно ответят { $by }
state-interim-open = есть промежуточный ответ, ждём окончательного
open-owed-head = Ждут окончательного ответа:
open-owed-line = № { $number } · до { $until }
open-owed-line-late = 🔴 № { $number } · был нужен до { $until }
open-owed-line-open = № { $number }

# Повтор другого сообщения.

button-duplicate = Повтор
button-duplicate-cancel = Это не повтор
press-duplicate-choose = Выберите в новом сообщении, что повторяет житель
press-duplicate-how = Других сообщений этого жителя нет. Повтор чужого: ответьте на карточку /duplicate и номер
duplicate-how = Ответьте на карточку повтора командой с номером первого сообщения, например: /duplicate 412
duplicate-choose = № { $number }: какое сообщение этого жителя оно повторяет? Повтор закроется, житель узнает, где ответ.
duplicate-left = № { $number }: повтором не отмечено.
duplicate-unknown = № { $number }: сообщения № { $other } у этого учреждения нет. Проверьте номер: /open
duplicate-not-so = № { $number }: повтором сообщения № { $other } отметить нельзя: одно из них закрыто, спам или само повтор.
duplicate-answered = № { $number }: на сообщение № { $other } уже ответили другому жителю, этот житель ответа не увидит. Ответьте ему на карточку.
duplicate-done = № { $number } закрыто как повтор сообщения № { $other }. Житель предупреждён.
duplicate-done-other = № { $number } закрыто как повтор сообщения № { $other }. Ответы на № { $other } прочитают оба жителя: пишите без личных данных.
duplicate-told = Сообщение № { $number } о том же, что и ваше № { $other }, поэтому мы объединили их. Ответ придёт на сообщение № { $other }. Если это о другом, напишите, и мы откроем его снова.
duplicate-told-answered = Сообщение № { $number } о том же, что и ваше № { $other }, на него уже есть ответ. Если вопрос о другом, напишите, и мы откроем его снова.
duplicate-told-other = Сообщение № { $number }: об этом нас уже спросили, учреждение готовит один ответ. Он придёт и вам, сюда. Если ваш вопрос о другом, напишите, и мы откроем его снова.
duplicate-answer = Ответ на сообщение № { $number }:
card-duplicate = ☑️ Закрыто: повтор сообщения № { $other }
happened-nudged = руководитель напомнил рабочему чату
