# Эш чатыннан ябу: сәбәп, һәм яшәүче нәрсә укый.

closing-why = ✖ № { $number }: ни өчен җавапсыз ябасыз? Сәбәпне яшәүче укыячак. Үз сәбәбегезне бу хәбәргә җавап итеп язарга була, аны бу чат кына күрә.
closing-type = ✖ № { $number }: сәбәпне бу хәбәргә җавап итеп языгыз. Аны бу чат кына күрә, яшәүче «Җавапсыз ябылды» дип укый.
closing-by_phone = Телефон аша хәл ителде
closing-not_ours = Безнең сорау түгел
closing-no_details = Яшәүче төгәлләмәде
closing-other = Башка сәбәп
closing-done = № { $number } җавапсыз ябылды: { $reason } ({ $name })
closing-noted = № { $number } җавапсыз ябылды, сәбәбе – үзебез өчен язма
closing-left = № { $number } ябылмады
button-closing-leave = Япмаска
press-closing-why = № { $number }: сәбәпне сайлагыз
closed-because =
    № { $number } хәбәр җавапсыз ябылды. { $institution } сәбәбен күрсәтә: «{ $reason }».

    Риза түгелсезме? Төймәгә басыгыз яки монда языгыз, ул яңадан ачылыр.
closed-without-answer =
    № { $number } хәбәр, { $institution }. Җавапсыз ябылды.

    Риза түгелсезме? Төймәгә басыгыз яки монда языгыз, ул яңадан ачылыр.
opened-again = № { $number } хәбәр яңадан ачылды, { $institution } аны күрә.

# Яшәүче: анда түгел, кире алу.

button-misdirected = Анда түгел
button-withdraw = Кире алырга
button-cancel = Баш тартырга
misdirected-where = № { $number } хәбәрне кая тапшырыйк? Исемен языгыз яки сайлагыз. Җавап вакыты элеккечә.
misdirected-stays = № { $number } хәбәр элеккеге урынында калды.
misdirected-perhaps = № { $number } хәбәр ялгыш урынга эләккән булса (хәзер аны { $institution } укый), тапшырырбыз яки кире алырбыз.
withdrawn-heard = № { $number } хәбәр кире алынды, аңа җавап бирмәячәкләр. Яңа сорауны монда язарга була.
withdrawn-already = № { $number } хәбәр инде кире алынган.
withdraw-answered = № { $number } хәбәргә инде җавап бирәләр. Сорау башка булса, аны монда языгыз.
withdraw-too-late = № { $number } хәбәр күптән кабул ителгән, төймә инде эшләми. Нәрсә үзгәргәнен монда языгыз.
withdrawn-not-sent = № { $number }: яшәүче хәбәрне кире алды, җавап аңа җибәрелмәде
press-withdrawn = № { $number }: яшәүче хәбәрне кире алды
card-withdrawn = ✖ Яшәүче кире алды
card-moved-by-citizen = ↪ Яшәүче тапшырды { $at }: { $institution }
state-withdrawn = сез кире алдыгыз
draft-nothing = Баш тартырлык нәрсә калмады инде. Яңа сорауны монда язарга була.
draft-cancelled = Баш тартылды, сүзләрегез беркемгә дә тапшырылмады. Яңа сорауны монда язарга була.
