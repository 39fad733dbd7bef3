"""The columns of the institution sheet, in the order in which they are written."""

import unicodedata

COLUMNS = (
    "code",
    "name",
    "short_name",
    "branch",
    "municipality",
    "address",
    "phone",
    "email",
    "aliases",
    "latitude",
    "longitude",
    "vk_group_id",
    "vk_name",
    "vk_token",
    "vk_secret",
    "telegram_channel",
    "telegram_token",
    "max_token",
    "work_hours",
    "time_zone",
    "calendar",
    "kind",
    "parent",
    "ogrn",
    "inn",
    "closed_on",
    "successor",
)
HEADINGS = {
    "code": "код, код учреждения, код организации, идентификатор",
    "name": "название, наименование, полное наименование, полное название, наименование учреждения, "
    "название учреждения, наименование организации, название организации, полное наименование организации, "
    "полное наименование учреждения, учреждение, организация",
    "short_name": "краткое наименование, краткое название, сокращённое наименование, сокращённое название, "
    "краткое наименование организации, краткое наименование учреждения, сокращённое наименование организации",
    "branch": "отрасль, сфера, сфера деятельности, отрасль деятельности, направление, ведомство",
    "municipality": "район, муниципалитет, муниципальное образование, город, округ, муниципальный район, "
    "городской округ, район город, территория, населённый пункт",
    "address": "адрес, фактический адрес, юридический адрес, почтовый адрес, адрес учреждения, местонахождение",
    "phone": "телефон, тел, номер телефона, контактный телефон, телефоны, телефон приёмной, телефон учреждения",
    "email": "эл почта, электронная почта, почта, e mail, адрес электронной почты, эл адрес, имейл, email",
    "aliases": "другие названия, в народе, синонимы, как ещё называют",
    "latitude": "широта",
    "longitude": "долгота",
    "vk_group_id": "id сообщества, id сообщества вк, id группы, id группы вк, номер сообщества, id госпаблика, "
    "ссылка вконтакте, ссылка на вконтакте, ссылка вк, ссылка на вк, вконтакте, вк, группа вк, группа вконтакте, "
    "сообщество вк, сообщество вконтакте, госпаблик, ссылка на госпаблик, ссылка на сообщество, страница вконтакте, "
    "страница вк, адрес страницы вконтакте",
    "vk_name": "имя сообщества вк, короткий адрес вк",
    "telegram_channel": "телеграм, телеграм канал, telegram, канал телеграм, ссылка телеграм, "
    "ссылка на телеграм канал, telegram канал",
    "work_hours": "часы работы, режим работы, график работы, время работы",
    "time_zone": "часовой пояс",
    "calendar": "производственный календарь, календарь",
    "parent": "вышестоящее учреждение, код учредителя, код вышестоящего",
    "ogrn": "огрн",
    "inn": "инн",
    "closed_on": "дата закрытия, закрыто с, закрыта с, дата ликвидации",
    "successor": "преемник, правопреемник, код преемника",
}
"""Russian headings that people use, by column; compared without case, signs and «ё»."""
REQUIRED = ("code", "name", "branch", "municipality")
SECRETS = ("vk_token", "vk_secret", "telegram_token", "max_token")
"""Columns that give power over a community: never shown, never logged, exported only when asked for."""

ERASE = "-"
"""Typed as the whole cell of a secret column, it erases the stored secret."""

ALIAS_SEPARATOR = "|"


def cell_text(value: object) -> str:
    """Return a value of an institution as its cell is written."""
    if value is None:
        return ""
    text = f" {ALIAS_SEPARATOR} ".join(value) if isinstance(value, tuple) else str(value)
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
