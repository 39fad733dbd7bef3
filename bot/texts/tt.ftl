# Слова для жителей. Коротко, вежливо, без вины и восклицаний: что будет дальше и когда.
# Тексты на татарском требуют вычитки носителем языка.
# После времени стоит «сәгатькә кадәр»: к числам татарские окончания не прибавляются. Названия стоят без окончаний.

-formal = Бу 59-ФЗ буенча рәсми мөрәҗәгать түгел: андый мөрәҗәгать Дәүләт хезмәтләре (gosuslugi.ru) аша җибәрелә.
-notice =
    { -formal }
    Монда паспорт, СНИЛС, карта номерларын һәм диагнозларны язмагыз. СМС-кодларны һәм серсүзләрне без беркайчан да сорамыйбыз.
    Ашыгыч очракта 112 номерына шалтыратыгыз.

choose-institution =
    Сүзләрегез сакланды. Аларны кемгә тапшырырга?

    Исемен языгыз, мәсәлән «12 мәктәп Әлмәт», яки төймә белән сайлагыз.
choose-among = Шулар арасыннан кайсысы? Кирәклесе булмаса, исемен башкача языгыз, шәһәрен яки районын өстәгез, яисә тармак буенча сайлагыз.
nothing-found = Мондый оешма табылмады. Исемен башкача языгыз, шәһәрен яки районын өстәгез, яисә тармак буенча сайлагыз. Соравыгызны язган булсагыз, ул сакланды.
choose-branch = Тармакны сайлагыз.
choose-municipality = Районны яки шәһәрне сайлагыз.
choose-one = Оешманы сайлагыз.
choice-made = Сайланды: { $institution }.
institution-chosen = Сез монда язасыз: { $institution }. Соравыгызны языгыз, җавап шушында килер. Башка оешма: /start
button-by-branch = Тармак буенча сайларга
button-back = ‹ Артка
button-more = Тагын ›

# Беренче җөмлә, аннан соң вәгъдә.
ticket-accepted = Кабул ителде, № { $number } · { $institution }.
ticket-goes-on = Тапшырдык, № { $number } · { $institution }.
comment-accepted = Кабул ителде, № { $number }.
promise = Җавап { $by } шушында килер.
promise-closed = Хәзер ябык, { $opens } ачыла, җавап { $by } шушында килер.
promise-late = Җавап бирү вакыты чыккан инде, мөмкин кадәр тизрәк шушында җавап бирерләр.
ticket-closed =
    № { $number } хәбәр ябылды: { $institution }.

    Сорау калса, монда языгыз, без аны яңадан тапшырырбыз.
ticket-closed-by-silence = № { $number } хәбәр ябылды: җаваптан соң яңа сораулар булмады. Сорау калса, монда языгыз, без аны яңадан тапшырырбыз.
answer-head = № { $number } хәбәрегезгә җавап, { $institution }:

citizen-help =
    Соравыгызны гади сүзләр белән языгыз, фото өстәргә дә була. Без аны оешмага тапшырырбыз, җавап шушында килер.

    { $commands }

    { -notice }
my-line = № { $number }, { $institution }: { $state }
my-nothing = Ачык хәбәрләр юк. Соравыгызны языгыз, без аны тапшырырбыз.
choose-language = Телне сайлагыз. Выберите язык.
language-name = Татарча
language-saved = Тел сакланды. Соравыгызны языгыз.

state-open = эштә
state-answered = җавап бар
state-waiting = җавабыгызны көтәбез
state-closed = ябылган
state-spam = ябылган
state-late = { $state }, вакыты чыккан инде, мөмкин кадәр тизрәк җавап бирерләр
state-until = { $state }, җавап { $by }

# Эш чаты.

citizen-unnamed = Яшәүче
administrator-unnamed = администратор

card-head = № { $number } · { $institution }
card-line =
    № { $number } · { $state } · { $name }, { $channel ->
        [vk] ВКонтакте
        [telegram] Telegram
       *[max] MAX
    }
card-until = { $until } сәгатькә кадәр
card-late = 🔴 { $until } сәгатькә кадәр кирәк иде
card-comment = Комментарий, җавапны барысы да күрәчәк:
card-comment-under = «{ $post }» язмасы астында, җавапны барысы да күрәчәк:
card-no-words = (текстсыз)
card-waiting = 🕓 Җавап { $until } сәгатькә кадәр кирәк
card-overdue = 🔴 Җавап бирү вакыты чыкты: { $until } сәгатькә кадәр кирәк иде
card-state-open = 🕓 Эштә
card-state-answered = ✅ Җавап бар
card-state-waiting = ⏸ Яшәүчене көтәбез
card-state-closed = ☑️ Ябылган
card-state-spam = 🚫 Спам
card-taken = Җавап бирүче: { $name }
card-answer-on-the-way = ➤ Җавап җибәрелә ({ $name })
card-answer-delivered = ✔ Җавап { $at } ({ $name })
card-answers-delivered = ✔ { $count } җавап, соңгысы { $at } ({ $name })
card-answer-refused = ✖ Җавап барып җитмәде ({ $name }): { $reason }
card-hint = Яшәүчегә җавап бирер өчен, бу хәбәргә җавап языгыз. Үзебез өчен язма // белән башлана
follow-up = № { $number } · { $name }:

button-take = Үземә алам
button-skip = Җавап кирәкми
button-close = Ябарга
button-spam = Спам
button-reopen = Яңадан ачарга
button-menu = Тагын…
button-menu-back = ‹ Артка
button-close-yes = Әйе, ябарга
button-close-no = Япмаска
button-spam-yes = Әйе, бу спам
button-spam-no = Спам түгел

press-menu-topic = № { $number }, тема: { $topic }
press-close-sure = № { $number } ябыламы? «Әйе, ябарга» төймәсенә басыгыз
press-spam-sure = № { $number } – спаммы? «Әйе, бу спам» төймәсенә басыгыз
press-taken = № { $number } хәзер сездә
press-taken-by-you = № { $number } инде сездә
press-taken-already = № { $number }: җавапны инде { $name } бирә
press-excused = № { $number }: җавап кирәкми дип билгеләнде
press-nobody-waits = № { $number }: җавапны беркем дә көтми
press-closed = № { $number } ябылды
press-closed-already = № { $number } инде ябылган
press-open-already = № { $number } инде ачык
press-reopened = № { $number } яңадан ачылды
press-spam = № { $number } спам дип билгеләнде
press-void = Бу төймә монда эшләми

attachment-photo = Фото
attachment-document = Файл
attachment-video = Видео
attachment-video-note = Видеохәбәр
attachment-voice = Тавышлы хәбәр
attachment-audio = Аудио
attachment-animation = Анимация
attachment-sticker = Стикер
attachment-location = Картадагы урын
attachment-contact = Контакт
attachment-poll = Сораштыру
attachment-link = Сылтама
attachment-post = Язма
attachment-forwarded = Җибәрелгән хәбәр
attachment-other = Кушымта
words-file = хәбәр-{ $number }.txt
words-file-missing = Барлык сүзләр язылган файл җибәрелмәде, алар өстә тора.
attachment-size = { $megabytes } МБ
attachment-told = [{ $kind }]
attachment-with-link = [{ $kind } – сылтама буенча ачарга: { $link }]
attachment-without-link = [{ $kind } – бу мессенджерга тапшырылмый]

refused-blocked = яшәүче үзенә хәбәр җибәрүне тыйган
refused-not-started = яшәүче монда әле беренче булып язмаган
refused-person-gone = яшәүченең бите бетерелгән
refused-chat-gone = чат бетерелгән яки бот аннан чыгарылган
refused-forbidden = ботның хокуклары җитми, система администраторына әйтегез
refused-message-gone = хәбәр бетерелгән
refused-topic-gone = эш чатындагы тема бетерелгән яки ябылган
refused-too-late = мессенджер бу хәбәрне инде үзгәртергә рөхсәт итми
refused-bad-message = мессенджер мондый хәбәрне кабул итмәде
refused-bad-token = ботның керү ачкычы эшләми, система администраторына әйтегез
refused-too-many-tries = мессенджер берничә көн эшләмәде

answered-elsewhere =
    { $channel ->
        [vk] № { $number }: ВКонтактеның үзендә җавап бирелгән ({ $name }). Җавап исәпкә алынды:
       *[other] № { $number }: мессенджерның үзендә җавап бирелгән ({ $name }). Җавап исәпкә алынды:
    }
answer-not-delivered = № { $number }: җавап барып җитмәде, сәбәбе: { $reason }. Бу җавап исәпкә алынмады. Карточкада сылтама булса, җавапны шуның аша бирегез.
words-not-shown = № { $number }: мессенджер яшәүченең сүзләрен монда күрсәтә алмады. Аларны уку өчен: /ticket { $number }
reply-to-unknown = Бу җавап беркемгә дә җибәрелмәде: кайсы яшәүчегә икәне билгесез. Хәбәр номеры булган карточкага җавап языгыз. Нәрсә җавап көтә: /open
work-chat-lost = { $institution }: эш чаты эшләми (бот чыгарылган яки чат бетерелгән). Яшәүчеләрнең хәбәрләре саклана, ләкин аларга җавап бирүче юк. Ботны чатка кире кертегез яки чакыру коды белән /bind командасы аша башка чатны тоташтырыгыз.

chat-joined = Исәнмесез. Яшәүчеләрнең хәбәрләре бу чатка килсен өчен, монда /bind һәм чакырудагы кодны җибәрегез, мәсәлән: /bind K7QM2-XPD9T
chat-bound =
    Әзер: бу эш чаты, { $institution }. Яшәүчеләрнең хәбәрләре монда килер.

    Яшәүчегә җавап бирер өчен, карточкага җавап языгыз. Үзебез өчен язма // белән башлана
    Нәрсә җавап көтә: /open. Ярдәм: /help
chat-replaced = { $institution }: яшәүчеләрнең хәбәрләре хәзер башка эш чатына килә.
code-missing-administrator = Кодны командадан соң языгыз, мәсәлән: /bind K7QM2-XPD9T
code-missing-supervisor = Кодны командадан соң языгыз, мәсәлән: /join K7QM2-XPD9T
code-wrong = Код туры килмәде. Аны тикшерегез яки сезне чакырган кешедән яңасын сорагыз.
code-used = Бу код инде кулланылган. Сезне чакырган кешедән яңасын сорагыз.
code-expired = Бу кодның вакыты чыкты. Сезне чакырган кешедән яңасын сорагыз.
code-blocked = Дөрес булмаган кодлар артык күп. { $minutes } минуттан соң яңадан карагыз.
bind-in-group = /bind командасы эш чатында эшли. Ботны төркемгә өстәгез һәм команданы шунда җибәрегез.

administrator-help =
    Яшәүчегә җавап бирү: карточкага, аның сүзләренә яки үзегезнең барып җиткән җавабыгызга җавап языгыз.
    Хезмәттәшегез сүзләренә җавап язма булып кала. Үзебез өчен язма: җавапны // белән башлагыз
    Җавапны төзәтү: үз хәбәрегезне төзәтегез.
    Вакытлыча җавап: аны өч ноктадан башлагыз, соңгысын бот искә төшерер.

    { $commands }
open-head = { $count } хәбәр җавап көтә:
open-nothing = Барлык җаваплар бирелгән, беркем дә көтми.
open-line = № { $number } · { $waits } көтә · { $words }
open-line-late = 🔴 № { $number } · { $waits } көтә, вакыты чыкты · { $words }
open-more = тагын { $count }
ticket-unknown = Бу чатта мондый хәбәр юк. Исемлек: /open
time-line-question = { $at } { $name }: { $words }
time-line-answer = { $at } җавап, { $name } ({ $fares }): { $words }
time-line-edit = { $at } үзгәртелде, { $name }: { $words }
time-line-courtesy = { $at } { $name } (сораусыз): { $words }
time-line-later = { $at } { $name } (соңрак тапшырылды): { $words }
time-line-silenced = { $at } { $name } (тавышсыз вакытта): { $words }
time-line-note = { $at } язма, { $name }: { $words }

# Җитәкчеләр.

supervisor-joined =
    Әзер. Сез күрә торган күрсәткечләр: { $scope }.

    /хисап – ай башыннан, /хисап атна – атна башыннан
    /кичеккән – кайда җавап вакыты чыккан. Барысы: /ярдәм
supervisor-help =
    Хисап астында төймәләр: вакыт, өлешләр, файллар. Вакытны һәм файлны язарга да була: /хисап 01.11.2026-15.11.2026, /хисап кварталда xlsx

    { $commands }
overdue-head = { $count } хәбәргә җавап бирү вакыты чыкты:
overdue-line = № { $number }, { $institution }: { $waits } көтә
overdue-nothing = Җавап вакыты чыккан хәбәрләр юк.
