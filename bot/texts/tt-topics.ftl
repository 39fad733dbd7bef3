# Хәбәрләрнең темалары; названия самих тем – в bot/directory/topics.toml.
# Тексты на татарском требуют вычитки носителем языка.

ask-topic = № { $number } хәбәрегез нәрсә турында? Туры килгән теманы сайлагыз. Хәбәр инде тапшырылды, сайлау мәҗбүри түгел.
topic-heard = № { $number } хәбәр, тема: { $topic }.
card-topic = Тема: { $topic }
button-topic = Тема
press-topic = № { $number }: тема сакланды
press-topic-choose = № { $number }: теманы карточкада сайлагыз
press-topic-back = № { $number }: тема элеккечә
report-topic-unknown = Тема билгеләнмәгән
