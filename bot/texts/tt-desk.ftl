# Эш чаты: җибәрелгән җавапны төзәтү һәм алып ташлау.

answer-goes-on = № { $number } хәбәргә төзәтелгән җавапның дәвамы:
answer-edit-refused = № { $number }: төзәтү яшәүчегә барып җитмәде: { $reason }. Ул элекке сүзләрне күрә. Яңаларын укысын өчен, карточкага тагын бер тапкыр җавап языгыз.
answer-edit-files = № { $number }: яшәүчедә сүзләр генә үзгәрә, файллар элеккечә калды. Башка файл кирәк булса, аны яңа җавап белән җибәрегез.
answer-edit-without-answer = № { $number }: төзәтү җибәрелмәде: яшәүчедә бу җавап юк. Яңа җавап языгыз.
answer-edit-held = № { $number }: бу җавап әле җибәрелмәгән, төзәтү исәпкә алынмады. «Җибәрмәскә» төймәсенә басыгыз һәм җавапны яңадан языгыз.
answer-edit-no-note = № { $number }: бу җавап инде яшәүчедә, ул язма була алмый. Аны яшәүчедән алып ташлау: үз хәбәрегезгә /undo дип җавап языгыз
answer-edit-too-old = № { $number }: төзәтү җибәрелмәде: җавап күптән бирелгән. Яшәүче элекке сүзләрне күрә. Яңа җавап языгыз.
answer-edit-doubtful = № { $number }: төзәтү җибәрелмәде, яшәүче элекке сүзләрне күрә. Шулай кирәк булса, моны яңа җавап итеп языгыз: бот кабат сорар. Нәрсә шик тудырды:
undo-what = Яшәүчедән алып ташларга кирәк булган җавап язылган үз хәбәрегезгә /undo дип җавап языгыз.
undo-not-there = № { $number }: бу җавап яшәүчедә инде юк.
undo-too-old = № { $number }: бу җавап күптән бирелгән, аны алып ташлап булмый. Яшәүчегә яңа җавап языгыз.
undo-done = № { $number }: җавап яшәүчедән алып ташланды.
undo-done-waits = № { $number }: җавап яшәүчедән алып ташланды һәм исәпкә алынмый. Яшәүче көтә: җавапны { $until } сәгатькә кадәр бирергә кирәк.
undo-refused = № { $number }: җавапны алып ташлап булмады: { $reason }. Яшәүче аны әле дә күрә, җавап исәпкә алынды.
card-answer-taken-back = ↩ Җавап алып ташланды ({ $name })

# /open һәм /ticket.

open-nothing-own = Сездә җавап көтә торган хәбәр юк. Барысы: /open
open-taken = җавап бирә: { $name }
open-here = № { $number }: карточка монда. Аңа яки турыдан-туры бу хәбәргә җавап языгыз.
button-to-card = № { $number }
press-shown = № { $number }: карточка күрсәтелде
time-line-event = { $at } · { $what }
time-line-event-by = { $at } · { $what } ({ $name })
time-line-cut = … тагын { $count } язма төшереп калдырылды …
fares-on-the-way = ➤ җибәрелә
fares-delivered = ✔ барып җитте { $at }
fares-refused = ✖ барып җитмәде: { $reason }
fares-taken-back = ↩ яшәүчедән алып ташланды
fares-held = ⏸ җибәрелмәгән: карарыгызны көтә
fares-dropped = ✖ җибәрелмәде
happened-taken = алынды
happened-closed =
    { $detail ->
        [by_phone] җавапсыз ябылды: телефон аша хәл ителде
        [not_ours] җавапсыз ябылды: безнең сорау түгел
        [no_details] җавапсыз ябылды: яшәүче төгәлләмәде
        [other] җавапсыз ябылды, сәбәбе язмада
       *[closed] ябылды
    }
happened-withdrawn = яшәүче хәбәрне кире алды
happened-press-voided = яшәүче яңадан язды: билге исәпләнми, көтү беренче сүзләрдән бара
happened-took-over = № { $detail } хәбәрдәге көтү монда дәвам итә
happened-taken-over = яшәүче яңадан язды: көтү № { $detail } хәбәрдә бара
happened-closed-by-silence = ябылды: җаваптан соң сораулар булмады
happened-reopened = яңадан ачылды
happened-no-answer-needed = билгеләнде: җавап кирәкми
happened-spam = спам дип билгеләнде
happened-overdue = җавап вакыты үтте
happened-escalated = җитәкчегә әйтелде
happened-transferred = тапшырылды: { $detail }
happened-topic-set = тема күрсәтелде
happened-incident-joined = күпләр язган № { $detail } вакыйгага кертелде
happened-deleted = сүзләр алып ташланды
happened-grade-asked = яшәүчедән җавап ярдәм иттеме дип соралды
happened-graded = яшәүченең бәясе: { $detail }
happened-solved =
    { $detail ->
        [yes] яшәүче билгеләде: мәсьәлә хәл ителгән
       *[no] яшәүче билгеләде: мәсьәлә хәл ителмәгән
    }
happened-confirmed = җавап бот сораганнан соң җибәрелде

# Әзер җаваплар.

button-templates = Үрнәк
button-template-send = Яшәүчегә җибәрергә
button-template-leave = Җибәрмәскә
press-templates = Үрнәкне сайлагыз
press-no-templates = Үрнәкләр әлегә юк. Саклау: /template
press-template-gone = Бу үрнәк инде юк
press-template-sent = № { $number }: бу җавап инде җибәрелгән
template-choose = № { $number }: үрнәкне сайлагыз. Җибәрер алдыннан бот текстны күрсәтер.
template-look = № { $number }, «{ $title }» үрнәге. Яшәүче моны алыр:
template-sent = № { $number }: «{ $title }» үрнәге буенча җибәрелде ({ $name }):
template-held = № { $number }: «{ $title }» үрнәге буенча җавап ({ $name }) карарыгызны көтә:
template-left = № { $number }: үрнәк буенча бернәрсә дә җибәрелмәде.
template-how =
    Үрнәкне саклау өчен исемен, ә икенче юлдан сүзләрен языгыз:

    /template Кабул итү
    Исәнмесез, {"{"}имя{"}"}. Кабул итү – сишәмбе 9дан 12гә кадәр.

    Яки әзер җавапка җавап итеп языгыз: /template Кабул итү
    Бот үзе куя: { $placeholders }
template-title-long = Үрнәк сакланмады: исеме { $limit } билгедән озынрак. Кыскартыгыз.
template-text-long = Үрнәк сакланмады: сүзләре { $limit } билгедән күбрәк. Кыскартыгыз.
template-unknown = Үрнәк сакланмады: бот { $unknown } урынына нәрсә куярга белми. Ул белә: { $placeholders }
template-kept = «{ $title }» үрнәге сакланды: { $institution }. Ул карточкадагы «Үрнәк» төймәсендә. Барлык үрнәкләр: /templates
template-changed = «{ $title }» үрнәге үзгәртелде: { $institution }. Барлык үрнәкләр: /templates
template-gone = «{ $title }» үрнәге бетерелде.
template-no-number = Мондый номерлы үрнәк юк. Барлык үрнәкләр: /templates
template-shared = «{ $title }» үрнәге уртак, аны система администраторы үзгәртә.
templates-head = Үрнәкләр, { $institution }. Бетерү: /template delete һәм номер.
templates-none = Үрнәкләр әлегә юк: { $institution }. Ничек сакларга: /template
template-line = { $number }. { $title } – { $words }
template-line-shared = { $number }. { $title } (уртак) – { $words }

# Кем урында.

away-how =
    Кайсы көнгә кадәр булмаячагыгызны языгыз: /away 10.12
    Яки кайсы көннән кайсы көнгә кадәр: /away 01.12-10.12
    Урынбасарны исеме белән: /away 10.12 Анна, яки аның яшәүчегә биргән җавабына бу команда белән җавап языгыз.
away-who = Сезне кем алыштырачагы табылмады. Монда җавап биргән кешенең исемен языгыз: { $known }
away-kept = { $name } эшләми: { $since } – { $until }, алыштыра: { $deputy }. Иртәрәк кайтсагыз, /back дип языгыз
away-kept-alone = { $name } эшләми: { $since } – { $until }. Алынган хәбәрләр буш булачак. Иртәрәк кайтсагыз, /back дип языгыз
away-given-on = { $name } эшләми, соңгы көне – { $until }. Хәзер җавап бирә: { $deputy }: { $numbers }
away-set-free = { $name } эшләми, соңгы көне – { $until }. Буш, аларны алырга була: { $numbers }
back-kept = { $name } яңадан урында.
back-here-already = { $name } урында, юклыгы билгеләнмәгән.
duty-head = Кем җавап бирә:
duty-nobody-known = Соңгы 30 көндә монда беркем дә җавап бирмәгән.
duty-here = ✔ { $name }
duty-away = ✖ { $name }: юк, соңгы көне – { $until }
duty-soon-away = ✔ { $name }: булмаячак, { $since } – { $until }
duty-deputy = алыштыра: { $name }
nobody-there = { $institution }: бүген җавап бирүчеләрнең барысы да урында юк дип билгеләнгән. Бу оешманың эш чатында берәр кешедән җавап бирүен сорагыз.
card-nobody-there = ⚠ Бүген җавап бирүчеләрнең барысы да урында юк дип билгеләнгән (/duty)
reminder-has = Җавап бирә: { $name }.
reminder-has-away = Җавап бирә: { $name }, ләкин ул эшләми, соңгы көне – { $until }.

# Үзебез өчен язмалар һәм яшәүчегә китмәгән сүзләр.

note-not-sent = № { $number }: бу үзебез өчен язма булып калды, яшәүчегә җибәрелмәде.
note-sent = № { $number }: яшәүчегә җибәрелде.
note-not-yours = Бу сүзләрне яшәүчегә аларны язган кеше генә җибәрә ала.
note-sent-already = № { $number }: бу сүзләр инде яшәүчегә җавап булып тора.
send-what = Язма булып калган үз хәбәрегезгә /send командасы белән җавап бирегез.
command-unknown = Андый команда юк, җавап җибәрелмәде.
reply-to-list = Җавап җибәрелмәде: бу исемлек. Номерга басыгыз һәм карточкага җавап языгыз.
button-note-send = Яшәүчегә җибәрү
