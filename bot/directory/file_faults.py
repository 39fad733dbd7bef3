"""Why a file could not be opened or written, in the operator's words."""

import errno

_WORDS = {
    errno.ENOENT: "нет такого файла или папки; проверьте путь",
    errno.EACCES: "нет прав на этот файл или папку; проверьте владельца и права",
    errno.EPERM: "нет прав на этот файл или папку; проверьте владельца и права",
    errno.EISDIR: "это папка, а нужен файл",
    errno.ENOTDIR: "часть пути - не папка; проверьте путь",
    errno.ENOSPC: "на диске нет места; освободите место и повторите",
    errno.EDQUOT: "исчерпана дисковая квота; освободите место и повторите",
    errno.EROFS: "диск доступен только для чтения; выберите другую папку",
    errno.ENAMETOOLONG: "слишком длинное имя файла; выберите короче",
}


def file_fault(error: OSError) -> str:
    """Return the plain words for what the operating system refused."""
    return _WORDS.get(error.errno or 0, f"ошибка системы: {error.strerror or type(error).__name__}")
