# Күпләр бер нәрсә турында яза.

incident-head = 📢 Күпләр язган вакыйга № { $number }: { $matter }
incident-numbers = Анда { $count } хәбәр, җавап көтәләр: { $waiting }
incident-answer = Яңа язучыларга шундук килә: { $words }
incident-hint = Барысына да җавап бирү өчен шушы хәбәргә җавап языгыз. Бу хакта яңа хәбәрләр монда җыела, аерым карточкалар юк. Тагын язган кешегә аерым карточка була.
incident-ended = Тәмамланды. Әле җавап көтүчеләр аерым карточкаларда күрсәтелә.
button-incident-list = Кем көтә
button-incident-close = Тәмамлау
button-incident-send = Барысына да җибәрү
button-incident-drop = Җибәрмәскә
button-incident-join = Берләштерү
incident-how = Күпләр бер нәрсә турында язса, аларны берләштерегез: /incident һәм кыскача нәрсә турында, мәсәлән: /incident су юк
incident-too-long = Артык озын: { $most } билгедән артмасын, мәсәлән: /incident су юк
incident-known = 📢 Күпләр язган вакыйга № { $number } ачык инде: { $matter }. Барысына да җавап бирү өчен шушы хәбәргә җавап языгыз.
incident-words-only = Барысына да җавап текст кына була ала. Аны вакыйга турындагы хәбәргә җавап итеп языгыз.
incident-draft =
    Бу җавапны { $count } кеше ала, яңа язучылар – шундук:

    { $words }
incident-sent = Күпләр язган вакыйга № { $number }: җавап барысына да җибәрелә.
incident-dropped = Күпләр язган вакыйга № { $number }: җавап җибәрелмәде.
incident-list = Күпләр язган вакыйга № { $number }, җавап көтәләр. Берсенә җавап бирү: /ticket һәм номер барысын да күрсәтә.
incident-nobody-waits = Күпләр язган вакыйга № { $number }: барлык җаваплар бирелгән.
press-incident-closed = Вакыйга тәмамланды
incident-suspicion = Бер сәгать эчендә бер нәрсә турында { $count } хәбәр килде: { $matter }. Бу бер вакыйга булса, аларны берләштереп, барысына да берьюлы җавап бирегез.
incident-suspicion-taken = Берләштерелде: { $matter }
incident-late = 📢 Күпләр язган вакыйга № { $number }: { $matter }. Җавап бирү вакыты чыкты, { $waits } көтәләр. Барысына да вакыйга турындагы хәбәргә җавап итеп языгыз.
incident-opened = Күпләр язган вакыйга № { $number }, { $institution }: { $matter }. Әлегә { $count } хәбәр.
incident-closed = Күпләр язган вакыйга № { $number } тәмамланды, { $institution }: { $matter }. Анда { $count } хәбәр.
incident-accepted =
    Кабул ителде, № { $number } · { $institution }. Анда бу хакта беләләр инде:

    { $words }

    Башка сорау булса яки өстисе килсә, языгыз.
overdue-incident = Күпләр язган вакыйга № { $number }, { $institution }: { $matter }, { $count } хәбәр, иң озак { $waits } көтәләр
