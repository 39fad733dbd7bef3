# Что жители меняют и удаляют, альбомы, цитаты, пересланное.

words-edited-after-end = № { $number } · { $name }: сообщение изменено.
words-edited = № { $number } · { $name }: сообщение изменено, срок прежний.
words-before = Было: { $words }
words-after = Стало: { $words }
files-edited = Вложения изменены, вот новые.
files-taken-away = Вложения убраны.
comment-deleted =
    № { $number } · { $name }: комментарий удалён, ответить под ним нельзя.
    Если ответ не нужен, нажмите на карточке «Ответ не нужен».
comment-deleted-answered = № { $number } · { $name }: комментарий удалён.
comment-restored = № { $number } · { $name }: удалённый комментарий снова на месте, под ним можно ответить.

forwarded = Пересланное сообщение:
forwarded-from = Переслано от { $name }:
