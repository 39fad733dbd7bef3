# Передача сообщения другому учреждению.

answer-head-comment = Отвечает { $institution }:
