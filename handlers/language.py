"""The language in which a citizen is spoken to: their own choice, else that of their words and of their phone."""

from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import CommentReceived, MessageReceived
from bot.domain.language import spoken_language
from handlers.desk import Desk


def hear_language(desk: Desk, citizen: Citizen, event: MessageReceived | CommentReceived) -> Citizen:
    """Return the citizen with the language that their words tell; a phone in Tatar and a choice outweigh them."""
    if citizen.has_chosen_language:
        return citizen
    phone = desk.rules.texts.choose_language(event.sender.language) if event.sender.language else ""
    language = phone if phone == "tt" else language_of_words(desk, event.text) or citizen.language or phone
    return citizen if language == citizen.language else desk.keep_citizen(replace(citizen, language=language))


def language_of_words(desk: Desk, text: str) -> str:
    """Return `tt` or `ru`, or nothing when the words do not tell."""
    if text not in desk.spoken:
        desk.spoken[text] = spoken_language(text)
    return desk.spoken[text]
