"""Just enough VKScript for `execute`: lists of calls, and the two loops that vk_api's pool sends."""

import json
import re
from typing import Any

from tests.pretend.vk_world import VkFault

_DECODER = json.JSONDecoder()
_SAME_METHOD = re.compile(
    r"var values = (?P<values>.*),\s*i = 0,\s*result = \[\];\s*while\s*\(i < values\.length\)\s*\{\s*"
    r"result\.push\(API\.(?P<method>[\w.]+)\(values\[i\]\)\);\s*i = i \+ 1;\s*\}\s*return result;",
    re.DOTALL,
)
_ONE_PARAM = re.compile(
    r"var def_values = (?P<defaults>\{.*?\}),\s*values = (?P<values>\[.*?\]),\s*result = \[\],\s*i = 0;\s*"
    r"while\s*\(i < values\.length\)\s*\{\s*def_values\.(?P<key>\w+) = values\[i\];\s*"
    r"result\.push\(API\.(?P<method>[\w.]+)\(def_values\)\);\s*i = i \+ 1;\s*\}\s*return result;",
    re.DOTALL,
)

Call = tuple[str, dict[str, Any]]


def calls_of(code: str) -> list[Call]:
    """Return the calls that a program makes, in order; raises VkFault 12 for a program that VK could not compile."""
    code = code.strip()
    try:
        if match := _SAME_METHOD.fullmatch(code):
            calls = [(match["method"], values) for values in json.loads(match["values"])]
        elif match := _ONE_PARAM.fullmatch(code):
            defaults = json.loads(match["defaults"])
            calls = [(match["method"], defaults | {match["key"]: value}) for value in json.loads(match["values"])]
        else:
            calls = _listed(code)
    except ValueError as error:
        raise VkFault(12, "Unable to compile code") from error
    if len(calls) > 25:
        raise VkFault(13, "Runtime error occurred during code invocation: Too many API calls")
    return calls


def _listed(code: str) -> list[Call]:
    if "\u2028" in code or "\u2029" in code or not (code.startswith("return [") and code.endswith("];")):
        raise ValueError("not a list of calls")
    calls: list[Call] = []
    rest = code[len("return [") : -len("];")]
    while rest:
        match = re.match(r"API\.([\w.]+)\(", rest)
        if match is None:
            raise ValueError("not a call")
        values, end = _DECODER.raw_decode(rest, match.end())
        if rest[end : end + 1] != ")" or not isinstance(values, dict):
            raise ValueError("not a call")
        calls.append((match[1], values))
        rest = rest[end + 1 :].removeprefix(",")
    return calls


def as_form(values: dict[str, Any]) -> dict[str, str]:
    """Return the values of a call inside a program as a form would carry them."""
    return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return ",".join(map(_written, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
