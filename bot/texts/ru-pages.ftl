# Страницы руководителя: bot/web/pages и handlers/pages.

pages-link =
    Вход на страницы с показателями:
    { $link }
    Ссылка действует { NUMBER($minutes) } мин и открывает одно устройство. Не пересылайте её: она ваша.
pages-link-here =
    Вход на страницы с показателями:
    { $link }
    Ссылка действует { NUMBER($minutes) } мин и открывает одно устройство. Адрес открывается только на компьютере, где работает программа: её открытый адрес не задан (OTKLIK_PUBLIC_URL).
pages-link-none = Страницы сейчас не открыты: сервер страниц не запущен. Скажите об этом системному администратору.
pages-signed-out = Все ваши входы на страницы закрыты. Новая ссылка – /pages

pages-name = Отклик
pages-skip = К содержанию
pages-enter-title = Страницы с показателями
pages-enter-why = Ссылка открывается один раз, кнопкой на этой странице. После входа страницы открыты на этом устройстве двенадцать часов.
pages-enter = Войти
pages-closed-title = Страницы руководителя
pages-closed = Сейчас вы не вошли: время входа вышло или доступ закрыт.
pages-link-old = Эта ссылка уже использована или устарела.
pages-too-often = Слишком много неверных ссылок подряд. Подождите десять минут.
pages-foreign-form = Эта форма открыта не с нашей страницы или устарела. Откройте страницу заново.
pages-left = Вы вышли.
pages-how-to-enter = Чтобы войти, напишите боту /pages в личном диалоге: он пришлёт ссылку.
pages-sign-out = Выйти
pages-nothing-title = Здесь ничего нет
pages-not-here = Такого учреждения, района, отрасли или сообщения нет среди доступных вам.
pages-no-such-page = Такой страницы нет.
pages-to-summary = К сводке

pages-way = Где вы
pages-period = Период
pages-period-today = Сегодня
pages-period-week = Неделя
pages-period-last-week = Прошлая неделя
pages-period-month = Месяц
pages-period-last-month = Прошлый месяц
pages-period-quarter = Квартал
pages-period-year = Год
pages-own-dates = Свои даты
pages-from = С
pages-to = По
pages-show = Показать
pages-own-scopes = Ваши доступы

pages-main-figures = Главное
pages-waiting = Кто ждёт ответа
pages-more-figures = Подробнее
pages-against = Сравнение – с таким же по длине периодом прямо перед этим.
pages-points = { NUMBER($points) } п. п.
pages-more = ▲ больше на { $change }
pages-less = ▼ меньше на { $change }
pages-as-before = = как прежде
pages-better = – лучше
pages-worse = – хуже
pages-weeks = Двенадцать недель
pages-week = Неделя
pages-weeks-asked = сообщений
pages-weeks-in-time = из них с ответом в срок
pages-weeks-alt = Столбики по неделям: сколько сообщений и сколько из них с ответом в срок. Те же числа – в таблице ниже.
pages-as-table = Те же числа таблицей
pages-line-name = Название
pages-sort = Упорядочить по этому столбцу
pages-all-lines = Показать все: { NUMBER($count) }
pages-pages = Страницы списка
pages-incidents = Массовые события
pages-incident = № { $number }, { $matter }: сообщений { NUMBER($count) }, без ответа { NUMBER($unanswered) }
pages-outages = Когда мессенджер был недоступен
pages-about = Медиана и 90 % показаны с точностью до 1 %.
pages-made-at = Данные на { $moment }.
pages-refresh = Обновить
pages-offline = Свежие числа сейчас не приходят: показаны прежние.
pages-method = Время первого ответа – от сообщения жителя до первого доставленного ответа человека; «в срок» – по норме, которая действовала при поступлении. n – сколько случаев посчитано. Сообщение относится к периоду, в котором поступило.

pages-figure-questions = Сообщений
pages-figure-answered = Получили ответ
pages-figure-in_time = Ответили в срок
pages-figure-median = Первый ответ, медиана
pages-figure-p90 = Первый ответ, 90 % быстрее
pages-figure-working = Первый ответ в рабочих часах, медиана
pages-figure-next = Следующий ответ, медиана
pages-figure-resolution = До закрытия, медиана
pages-figure-resolved_in_time = Решено в срок
pages-figure-good = Оценки 4–5
pages-figure-mean = Средняя оценка
pages-figure-unanswered = Без ответа
pages-figure-overdue = Просрочено
pages-figure-oldest = Дольше всех ждут
pages-figure-reopened = Открыто снова
pages-figure-transferred = Передано
pages-figure-comments = В комментариях
pages-figure-no_answer_needed = Ответ не нужен
pages-figure-spam = Спам
pages-figure-duplicates = Повторы
pages-figure-interim = Ждут окончательного ответа
pages-figure-hard = Ответ за сутки

pages-short-questions = Сообщ.
pages-short-in_time = В срок
pages-short-median = Медиана
pages-short-overdue = Проср.
pages-short-unanswered = Без отв.
pages-short-good = Оценки 4–5
pages-short-reopened = Снова
pages-short-transferred = Передано
