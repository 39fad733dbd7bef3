# Слова для жителей. Коротко, вежливо, без вины и восклицаний: что будет дальше и когда.

-formal = Это не официальное обращение по 59-ФЗ: его подают через Госуслуги (gosuslugi.ru).
-notice =
    { -formal }
    Не пишите здесь паспорт, СНИЛС, номера карт и диагнозы. Коды из СМС и пароли мы никогда не просим.
    В экстренном случае звоните 112.

choose-institution =
    Ваши слова сохранены. Кому их передать?

    Напишите название, например «школа 12 Альметьевск», или выберите кнопкой.
choose-among = Что из этого? Если нужного нет, напишите название иначе, добавьте город или район, или выберите по отрасли.
nothing-found = Такого учреждения не нашлось. Напишите название иначе, добавьте город или район, или выберите по отрасли. Если вы уже написали вопрос, он сохранён.
choose-branch = Выберите отрасль.
choose-municipality = Выберите район или город.
choose-one = Выберите учреждение.
choice-made = Выбрано: { $institution }.
institution-chosen = Вы пишете сюда: { $institution }. Напишите ваш вопрос, ответ придёт в этот диалог. Другое учреждение: /start
button-by-branch = Выбрать по отрасли
button-back = ‹ Назад
button-more = Ещё ›

# Первая фраза, за ней обещание.
ticket-accepted = Принято, № { $number } · { $institution }.
ticket-goes-on = Передали, № { $number } · { $institution }.
comment-accepted = Принято, № { $number }.
promise = Ответим { $by }, сюда же.
promise-closed = Сейчас закрыто, откроются { $opens }, ответим { $by }, сюда же.
promise-late = Срок ответа уже прошёл, ответят как можно скорее, сюда же.
ticket-closed =
    Сообщение № { $number } закрыто: { $institution }.

    Если вопрос остался, напишите сюда, и мы снова его передадим.
ticket-closed-by-silence = Сообщение № { $number } закрыто: после ответа новых вопросов не было. Если вопрос остался, напишите сюда, и мы снова его передадим.
answer-head = Ответ на сообщение № { $number }, { $institution }:

citizen-help =
    Напишите вопрос обычными словами, можно с фото. Мы передадим его учреждению и пришлём ответ сюда.

    { $commands }

    { -notice }
my-line = № { $number }, { $institution }: { $state }
my-nothing = Открытых сообщений нет. Напишите вопрос, и мы его передадим.
choose-language = Выберите язык. Телне сайлагыз.
language-name = Русский
language-saved = Язык сохранён. Напишите ваш вопрос.

state-open = в работе
state-answered = есть ответ
state-waiting = ждём вашего ответа
state-closed = закрыто
state-spam = закрыто
state-late = { $state }, срок уже прошёл, ответят как можно скорее
state-until = { $state }, ответят { $by }

# Рабочий чат.

citizen-unnamed = Житель
administrator-unnamed = администратор

card-head = № { $number } · { $institution }
card-line =
    № { $number } · { $state } · { $name }, { $channel ->
        [vk] ВКонтакте
        [telegram] Telegram
       *[max] MAX
    }
card-until = до { $until }
card-late = 🔴 срок был до { $until }
card-comment = Комментарий, ответ увидят все:
card-comment-under = Под записью: «{ $post }», ответ увидят все:
card-no-words = (без текста)
card-waiting = 🕓 Ответить до { $until }
card-overdue = 🔴 Срок истёк: ответ был нужен до { $until }
card-state-open = 🕓 В работе
card-state-answered = ✅ Есть ответ
card-state-waiting = ⏸ Ждём жителя
card-state-closed = ☑️ Закрыто
card-state-spam = 🚫 Спам
card-taken = Кто отвечает: { $name }
card-answer-on-the-way = ➤ Ответ отправляется ({ $name })
card-answer-delivered = ✔ Ответ { $at } ({ $name })
card-answers-delivered =
    { $count ->
        [one] ✔ { $count } ответ, последний { $at } ({ $name })
        [few] ✔ { $count } ответа, последний { $at } ({ $name })
       *[many] ✔ { $count } ответов, последний { $at } ({ $name })
    }
card-answer-refused = ✖ Ответ не доставлен ({ $name }): { $reason }
card-hint = Чтобы ответить жителю, ответьте на это сообщение. Заметка для своих начинается с //
follow-up = № { $number } · { $name }:

button-take = Взять
button-skip = Ответ не нужен
button-close = Закрыть
button-spam = Спам
button-reopen = Открыть снова
button-menu = Ещё…
button-menu-back = ‹ Назад
button-close-yes = Да, закрыть
button-close-no = Не закрывать
button-spam-yes = Да, это спам
button-spam-no = Не спам

press-menu-topic = № { $number }, тема: { $topic }
press-close-sure = Закрыть № { $number }? Нажмите «Да, закрыть»
press-spam-sure = № { $number } – спам? Нажмите «Да, это спам»
press-taken = № { $number } теперь у вас
press-taken-by-you = № { $number } уже у вас
press-taken-already = № { $number }: уже отвечает { $name }
press-excused = № { $number }: отмечено, что ответ не нужен
press-nobody-waits = № { $number }: ответа никто не ждёт
press-closed = № { $number } закрыто
press-closed-already = № { $number } уже закрыто
press-open-already = № { $number } уже открыто
press-reopened = № { $number } снова открыто
press-spam = № { $number } отмечено как спам
press-void = Эта кнопка здесь не действует

attachment-photo = Фото
attachment-document = Файл
attachment-video = Видео
attachment-video-note = Видеосообщение
attachment-voice = Голосовое сообщение
attachment-audio = Аудио
attachment-animation = Анимация
attachment-sticker = Стикер
attachment-location = Место на карте
attachment-contact = Контакт
attachment-poll = Опрос
attachment-link = Ссылка
attachment-post = Запись
attachment-forwarded = Пересланное сообщение
attachment-other = Вложение
words-file = сообщение-{ $number }.txt
words-file-missing = Файл со всеми словами не передан, они стоят выше.
attachment-size = { $megabytes } МБ
attachment-told = [{ $kind }]
attachment-with-link = [{ $kind } – открыть по ссылке: { $link }]
attachment-without-link = [{ $kind } – в этот мессенджер не передаётся]

refused-blocked = житель запретил присылать ему сообщения
refused-not-started = житель ещё не писал сюда первым
refused-person-gone = страница жителя удалена
refused-chat-gone = чат удалён или бот из него исключён
refused-forbidden = у бота не хватает прав, скажите системному администратору
refused-message-gone = сообщение удалено
refused-topic-gone = тема в рабочем чате удалена или закрыта
refused-too-late = мессенджер больше не даёт изменить это сообщение
refused-bad-message = мессенджер не принял такое сообщение
refused-bad-token = ключ доступа бота не действует, скажите системному администратору
refused-too-many-tries = мессенджер был недоступен несколько дней

answered-elsewhere =
    { $channel ->
        [vk] № { $number }: во ВКонтакте ответили сами ({ $name }). Ответ засчитан:
       *[other] № { $number }: в мессенджере ответили сами ({ $name }). Ответ засчитан:
    }
answer-not-delivered = № { $number }: ответ не доставлен: { $reason }. Этот ответ не засчитан. Если на карточке есть ссылка, ответьте по ней.
words-not-shown = № { $number }: мессенджер не смог показать здесь слова жителя. Прочитать их: /ticket { $number }
reply-to-unknown = Этот ответ никому не отправлен: непонятно, какому жителю он предназначен. Ответьте на карточку с номером сообщения. Что ждёт ответа: /open
work-chat-lost = { $institution }: рабочий чат недоступен (бота исключили или чат удалён). Сообщения жителей сохраняются, но отвечать на них пока некому. Верните бота в чат или подключите другой чат командой /bind с кодом приглашения.

chat-joined = Здравствуйте. Чтобы сообщения жителей приходили в этот чат, отправьте сюда /bind и код из приглашения, например: /bind K7QM2-XPD9T
chat-bound =
    Готово: это рабочий чат, { $institution }. Сюда будут приходить сообщения жителей.

    Чтобы ответить жителю, ответьте на карточку. Заметка для своих начинается с //
    Что ждёт ответа: /open. Помощь: /help
chat-replaced = { $institution }: сообщения жителей теперь приходят в другой рабочий чат.
code-missing-administrator = Напишите код после команды, например: /bind K7QM2-XPD9T
code-missing-supervisor = Напишите код после команды, например: /join K7QM2-XPD9T
code-wrong = Код не подошёл. Проверьте его или попросите новый у того, кто вас пригласил.
code-used = Этот код уже использован. Попросите новый у того, кто вас пригласил.
code-expired = Срок этого кода истёк. Попросите новый у того, кто вас пригласил.
code-blocked = Слишком много неверных кодов. Попробуйте снова через { $minutes } мин.
bind-in-group = Команда /bind действует в рабочем чате. Добавьте бота в группу и отправьте команду там.

administrator-help =
    Ответить жителю: ответьте на карточку, на его слова или на свой доставленный ответ.
    Ответ на слова коллеги остаётся заметкой. Заметка для своих: начните ответ с //
    Исправить ответ: исправьте своё сообщение.
    Промежуточный ответ: начните его с трёх точек, окончательный бот напомнит.

    { $commands }
open-head =
    { $count ->
        [one] Ждёт ответа { $count } сообщение:
        [few] Ждут ответа { $count } сообщения:
       *[many] Ждут ответа { $count } сообщений:
    }
open-nothing = Все ответы даны, никто не ждёт.
open-line = № { $number } · ждёт { $waits } · { $words }
open-line-late = 🔴 № { $number } · ждёт { $waits }, срок истёк · { $words }
open-more = и ещё { $count }
ticket-unknown = Такого сообщения в этом чате нет. Список: /open
time-line-question = { $at } { $name }: { $words }
time-line-answer = { $at } ответ, { $name } ({ $fares }): { $words }
time-line-edit = { $at } изменено, { $name }: { $words }
time-line-courtesy = { $at } { $name } (без вопроса): { $words }
time-line-later = { $at } { $name } (передано позже): { $words }
time-line-silenced = { $at } { $name } (пока был заглушён): { $words }
time-line-note = { $at } заметка, { $name }: { $words }

# Руководители.

supervisor-joined =
    Готово. Вам доступны показатели: { $scope }.

    /отчёт – с начала месяца, /отчёт неделя – с начала недели
    /просрочено – где срок истёк. Всё: /помощь
supervisor-help =
    Под отчётом кнопки: период, части, файлы. Период и файл можно написать: /отчёт 01.11.2026-15.11.2026, /отчёт квартал xlsx

    { $commands }
overdue-head =
    { $count ->
        [one] Срок ответа истёк у { $count } сообщения:
        [few] Срок ответа истёк у { $count } сообщений:
       *[many] Срок ответа истёк у { $count } сообщений:
    }
overdue-line = № { $number }, { $institution }: ждёт { $waits }
overdue-nothing = Просроченных сообщений нет.
