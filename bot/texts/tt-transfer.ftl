# Хәбәрне башка оешмага тапшыру.

answer-head-comment = Җавап бирә: { $institution }
