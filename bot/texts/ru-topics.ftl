# Темы сообщений; названия самих тем – в bot/directory/topics.toml.

ask-topic = О чём ваше сообщение № { $number }? Выберите тему, если подходит. Сообщение уже передано, отвечать не обязательно.
topic-heard = Сообщение № { $number }, тема: { $topic }.
card-topic = Тема: { $topic }
button-topic = Тема
press-topic = № { $number }: тема сохранена
press-topic-choose = № { $number }: выберите тему на карточке
press-topic-back = № { $number }: тема прежняя
report-topic-unknown = Тема не определена
