# Рабочий чат: исправить и убрать отправленный ответ.

answer-goes-on = Продолжение исправленного ответа на сообщение № { $number }:
answer-edit-refused = № { $number }: исправление до жителя не дошло: { $reason }. Житель видит прежние слова. Чтобы он прочитал новые, ответьте на карточку ещё раз.
answer-edit-files = № { $number }: у жителя изменятся только слова, файлы остались прежние. Нужен другой файл – отправьте его новым ответом.
answer-edit-without-answer = № { $number }: исправление не отправлено: этого ответа у жителя нет. Напишите новый ответ.
answer-edit-held = № { $number }: этот ответ ещё не отправлен, исправление не учтено. Нажмите «Не отправлять» и напишите ответ заново.
answer-edit-no-note = № { $number }: этот ответ уже у жителя, заметкой он не станет. Убрать его у жителя: ответьте на своё сообщение командой /undo
answer-edit-too-old = № { $number }: исправление не отправлено: ответ дан слишком давно. Житель видит прежние слова. Напишите новый ответ.
answer-edit-doubtful = № { $number }: исправление не отправлено, житель видит прежние слова. Если так и нужно, напишите это новым ответом: бот переспросит. Что насторожило:
undo-what = Ответьте командой /undo на своё сообщение с ответом, который нужно убрать у жителя.
undo-not-there = № { $number }: этого ответа у жителя уже нет.
undo-too-old = № { $number }: этот ответ дан слишком давно, убрать его нельзя. Напишите жителю новый ответ.
undo-done = № { $number }: ответ убран у жителя.
undo-done-waits = № { $number }: ответ убран у жителя и не засчитан. Житель ждёт: ответить до { $until }.
undo-refused = № { $number }: убрать ответ не удалось: { $reason }. Житель по-прежнему его видит, ответ засчитан.
card-answer-taken-back = ↩ Ответ убран ({ $name })

# /open и /ticket.

open-nothing-own = За вами нет сообщений, которые ждут ответа. Все: /open
open-taken = отвечает { $name }
open-here = № { $number }: карточка здесь. Ответьте на неё или прямо на это сообщение.
button-to-card = № { $number }
press-shown = № { $number }: показали карточку
time-line-event = { $at } · { $what }
time-line-event-by = { $at } · { $what } ({ $name })
time-line-cut = … ещё { $count } записей пропущено …
fares-on-the-way = ➤ отправляется
fares-delivered = ✔ доставлен { $at }
fares-refused = ✖ не доставлен: { $reason }
fares-taken-back = ↩ убран у жителя
fares-held = ⏸ не отправлен: ждёт вашего решения
fares-dropped = ✖ не отправлен
happened-taken = взято
happened-closed =
    { $detail ->
        [by_phone] закрыто без ответа: решено по телефону
        [not_ours] закрыто без ответа: не наш вопрос
        [no_details] закрыто без ответа: житель не уточнил
        [other] закрыто без ответа, причина в заметке
       *[closed] закрыто
    }
happened-withdrawn = житель отозвал сообщение
happened-press-voided = житель написал снова: отметка не считается, ожидание идёт с первых слов
happened-took-over = ожидание из сообщения № { $detail } идёт здесь
happened-taken-over = житель написал снова: ожидание идёт в сообщении № { $detail }
happened-closed-by-silence = закрыто: после ответа вопросов не было
happened-reopened = открыто снова
happened-no-answer-needed = отмечено: ответ не нужен
happened-spam = отмечено как спам
happened-overdue = срок ответа истёк
happened-escalated = сообщено руководителю
happened-transferred = передано: { $detail }
happened-topic-set = указана тема
happened-incident-joined = отнесено к массовому событию № { $detail }
happened-deleted = слова убраны
happened-grade-asked = жителя спросили, помог ли ответ
happened-graded = оценка жителя: { $detail }
happened-solved =
    { $detail ->
        [yes] житель отметил: вопрос решён
       *[no] житель отметил: вопрос не решён
    }
happened-confirmed = ответ отправлен после вопроса бота

# Шаблоны.

button-templates = Шаблон
button-template-send = Отправить жителю
button-template-leave = Не отправлять
press-templates = Выберите шаблон
press-no-templates = Шаблонов пока нет. Сохранить: /template
press-template-gone = Этого шаблона больше нет
press-template-sent = № { $number }: этот ответ уже отправлен
template-choose = № { $number }: выберите шаблон. Перед отправкой бот покажет текст.
template-look = № { $number }, шаблон «{ $title }». Житель получит:
template-sent = № { $number }: отправлено по шаблону «{ $title }» ({ $name }):
template-held = № { $number }: ответ по шаблону «{ $title }» ({ $name }) ждёт вашего решения:
template-left = № { $number }: по шаблону ничего не отправлено.
template-how =
    Чтобы сохранить шаблон, напишите название, а со следующей строки – слова:

    /template Приём
    Здравствуйте, {"{"}имя{"}"}. Приём по вторникам с 9 до 12.

    Или ответьте на готовый ответ: /template Приём
    Бот подставит сам: { $placeholders }
template-title-long = Шаблон не сохранён: название длиннее { $limit } знаков. Сократите его.
template-text-long = Шаблон не сохранён: слов больше чем на { $limit } знаков. Сократите их.
template-unknown = Шаблон не сохранён: бот не знает, что подставить вместо { $unknown }. Он знает: { $placeholders }
template-kept = Шаблон «{ $title }» сохранён: { $institution }. Он под кнопкой «Шаблон» на карточке. Все шаблоны: /templates
template-changed = Шаблон «{ $title }» изменён: { $institution }. Все шаблоны: /templates
template-gone = Шаблон «{ $title }» удалён.
template-no-number = Шаблона с таким номером нет. Все шаблоны: /templates
template-shared = Шаблон «{ $title }» общий, его меняет системный администратор.
templates-head = Шаблоны, { $institution }. Удалить: /template delete и номер.
templates-none = Шаблонов пока нет: { $institution }. Как сохранить: /template
template-line = { $number }. { $title } – { $words }
template-line-shared = { $number }. { $title } (общий) – { $words }

# Кто на месте.

away-how =
    Напишите, до какого дня вас не будет: /away 10.12
    Или с какого по какой: /away 01.12-10.12
    Заместителя – именем: /away 10.12 Анна, или ответьте командой на его ответ жителю.
away-who = Не нашли, кто вас заменит. Напишите имя того, кто уже отвечал здесь: { $known }
away-kept = { $name } не работает с { $since } по { $until }, заменяет { $deputy }. Вернётесь раньше – напишите /back
away-kept-alone = { $name } не работает с { $since } по { $until }. Взятые сообщения станут свободны. Вернётесь раньше – напишите /back
away-given-on = { $name } не работает по { $until }. Теперь отвечает { $deputy }: { $numbers }
away-set-free = { $name } не работает по { $until }. Свободны, их можно взять: { $numbers }
back-kept = { $name } снова на месте.
back-here-already = { $name } на месте, отсутствие не отмечено.
duty-head = Кто отвечает:
duty-nobody-known = За последние 30 дней здесь никто не отвечал.
duty-here = ✔ { $name }
duty-away = ✖ { $name }: нет по { $until }
duty-soon-away = ✔ { $name }: не будет с { $since } по { $until }
duty-deputy = заменяет { $name }
nobody-there = { $institution }: сегодня все, кто отвечает жителям, отмечены отсутствующими. Попросите кого-нибудь отвечать в рабочем чате этого учреждения.
card-nobody-there = ⚠ Все, кто отвечает, сегодня отмечены отсутствующими (/duty)
reminder-has = Отвечает { $name }.
reminder-has-away = Отвечает { $name }, но не работает по { $until }.

# Заметки для своих и слова, которые жителю не ушли.

note-not-sent = № { $number }: это осталось заметкой, жителю не отправлено.
note-sent = № { $number }: отправлено жителю.
note-not-yours = Отправить жителю эти слова может только тот, кто их написал.
note-sent-already = № { $number }: эти слова уже ответ жителю.
send-what = Ответьте командой /send на своё сообщение, которое осталось заметкой.
command-unknown = Такой команды нет, ответ не отправлен.
reply-to-list = Ответ не отправлен: это список. Нажмите номер и ответьте на карточку.
button-note-send = Отправить жителю
