# Эш чаты: җибәрелгән җавапны төзәтү һәм алып ташлау.

answer-goes-on = № { $number } хәбәргә төзәтелгән җавапның дәвамы:
answer-edit-refused = № { $number }: төзәтү кешегә барып җитмәде: { $reason }. Ул элекке сүзләрне күрә. Яңаларын укысын өчен, карточкага тагын бер тапкыр җавап языгыз.
answer-edit-files = № { $number }: кешедә сүзләр генә үзгәрә, файллар элеккечә калды. Башка файл кирәк булса, аны яңа җавап белән җибәрегез.
answer-edit-without-answer = № { $number }: төзәтү җибәрелмәде: кешедә бу җавап юк. Яңа җавап языгыз.
answer-edit-held = № { $number }: бу җавап әле җибәрелмәгән, төзәтү исәпкә алынмады. «Җибәрмәскә» төймәсенә басыгыз һәм җавапны яңадан языгыз.
answer-edit-no-note = № { $number }: бу җавап инде кешедә, ул искәрмә була алмый. Аны кешедән алып ташлау: үз хәбәрегезгә /undo дип җавап языгыз
answer-edit-too-old = № { $number }: төзәтү җибәрелмәде: җавап күптән бирелгән. Кеше элекке сүзләрне күрә. Яңа җавап языгыз.
answer-edit-doubtful = № { $number }: төзәтү җибәрелмәде, кеше элекке сүзләрне күрә. Шулай кирәк булса, моны яңа җавап итеп языгыз: бот кабат сорар. Нәрсә шик тудырды:
undo-what = Кешедән алып ташларга кирәк булган җавап язылган үз хәбәрегезгә /undo дип җавап языгыз.
undo-not-there = № { $number }: бу җавап кешедә инде юк.
undo-too-old = № { $number }: бу җавап күптән бирелгән, аны алып ташлап булмый. Кешегә яңа җавап языгыз.
undo-done = № { $number }: җавап кешедән алып ташланды.
undo-done-waits = № { $number }: җавап кешедән алып ташланды һәм исәпкә алынмый. Кеше көтә: җавапны { $until } сәгатькә кадәр бирергә кирәк.
undo-refused = № { $number }: җавапны алып ташлап булмады: { $reason }. Кеше аны әле дә күрә, җавап исәпкә алынды.
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
fares-taken-back = ↩ кешедән алып ташланды
fares-held = ⏸ җибәрелмәгән: карарыгызны көтә
fares-dropped = ✖ җибәрелмәде
happened-taken = алынды
happened-closed = ябылды
happened-closed-by-silence = ябылды: җаваптан соң сораулар булмады
happened-reopened = яңадан ачылды
happened-no-answer-needed = билгеләнде: җавап кирәкми
happened-spam = спам дип билгеләнде
happened-overdue = җавап вакыты үтте
happened-escalated = җитәкчегә әйтелде
happened-transferred = тапшырылды: { $detail }
happened-topic-set = тема күрсәтелде
happened-incident-joined = № { $detail } гомуми вакыйгага кертелде
happened-deleted = сүзләр алып ташланды
happened-grade-asked = кешедән җавап ярдәм иттеме дип соралды
happened-graded = кешенең бәясе: { $detail }
happened-solved =
    { $detail ->
        [yes] кеше билгеләде: мәсьәлә хәл ителгән
       *[no] кеше билгеләде: мәсьәлә хәл ителмәгән
    }
happened-confirmed = җавап бот сораганнан соң җибәрелде
