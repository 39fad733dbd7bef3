"""Insults and obscenities: only a flag. A citizen's words always arrive; an administrator is asked once more."""

import re
from functools import lru_cache

from bot.safety.letters import meant_words

_BEFORE_EB = "(?:за|на|по|до|от|вы|у|при|про|раз|долбо|недо|пере|изъ|съ|въ|отъ|подъ|разъ|объ)"
_STEMS = (
    # Roots of obscene Russian with what words may put before them; doubled letters are written once.
    r"(?:на|по|за|о|до|ни|от|не|а|да)?ху[йеяюи]\w*",
    r"(?:на|по|за|о|до|от|ис|рас|с|вы|под|не|при)?пизд\w*",
    rf"{_BEFORE_EB}?еб(?:а\w*|у(?!рг)\w*|л[аоиеяу]\w*|ы(?!т)\w*|н(?:у|ет|ис)\w*|ись\w*|ет\w*|ешь\w*|ень|о)",
    r"бля(?:|ть|д[ьиюяес]\w*|дск\w*|дин\w*)|блать",
    r"сук(?:а|и|у|ой|ам|ин\w*)",
    r"муд(?:ак|ач|ил|озв)\w*",
    r"г[ао]ндон\w*",
    r"(?:пидор|пидар|педрил|пидр)\w*",
    r"зал[уy]п\w*",
    r"манд(?:а|у|ой|авош\w*)",
    r"шлюх\w*",
    r"мраз(?:ь|и|ей|ота)",
    r"твар(?:ь|и|ина)",
    r"ублюд\w*",
    r"(?:дебил|идиот|кретин|дегенерат|имбецил)(?:|ы|а|у|ов|ка|ки|ом|ами|ск\w*)",
    r"придур(?:ок|к\w*)",
    r"урод(?:|ы|ов|ка|ки|ина|ам)",
    r"скотин\w*",
    r"сволоч\w*",
    r"падл[аыуо]\w*",
    r"гнид[аыу]\w*",
    r"ничтожеств[оа]",
    r"туп(?:ица|орыл\w*)",
    r"дур(?:а|ак|аки|ой|очка|ачье)",
    r"козл(?:ы|ина|ов)|козел",
    # Tatar
    r"кут(?:ак|эк)\w*",
    r"сегеп\w*|сектем",
    r"кэхбэ\w*",
    r"ахмак\w*|юлэр(?:|лэр)",
)
_LONGEST = 60
"""Letters; a longer run of them is no word."""
_INSULT = re.compile("|".join(f"(?:{stem})" for stem in _STEMS))


def has_insult(text: str) -> bool:
    """Tell whether `text` holds an insult or an obscene word, also one that hides behind look-alike signs."""
    return any(_is_insult(word) for word in meant_words(text) if len(word) <= _LONGEST)


@lru_cache(maxsize=20_000)
def _is_insult(word: str) -> bool:
    """People use the same words over and over: most are looked up."""
    return _INSULT.fullmatch(word) is not None
