"""The page is whole, asks nobody else, and shows text as text."""

import re
from importlib.resources import files

import pytest
from aiohttp import ClientSession

from bot.web.listen import Listen
from tests.demo.little_bot import on_stage

STATIC = {file.name: file.read_text(encoding="utf-8") for file in files("bot.demo").joinpath("static").iterdir()}
SCRIPTS = sorted(name for name in STATIC if name.endswith(".js"))


async def test_the_page_and_everything_it_names_is_served():
    async with on_stage(Listen(host="127.0.0.1", port=0)) as stage, ClientSession(stage.listen.url) as browser:
        named = {"/demo"} | set(re.findall(r'(?:src|href)="(/[^"]+)"', STATIC["demo.html"]))
        named |= {f"/demo/{name}" for script in SCRIPTS for name in re.findall(r'from "\./(.+?)"', STATIC[script])}
        assert len(named) > len(SCRIPTS)
        for path in sorted(named):
            async with browser.get(path) as answer:
                assert answer.status == 200, path
                assert answer.charset == "utf-8"


@pytest.mark.parametrize("name", sorted(STATIC))
def test_no_foreign_host_is_asked(name):
    addresses = set(re.findall(r"https?://[\w.]+", STATIC[name])) - {"http://www.w3.org"}  # a namespace, never fetched
    assert addresses == set()
    assert "url(" not in STATIC[name]


@pytest.mark.parametrize("name", SCRIPTS)
def test_words_never_become_markup(name):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser", STATIC[name])


def test_the_markup_carries_no_script_or_style_of_its_own():
    assert not re.search(r"\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)|<style", STATIC["demo.html"])


def test_nobody_is_shouted_at():
    whole = "\n".join(STATIC.values())
    russian = re.findall(r'"([^"\n]*[а-яё][^"\n]*)"|>([^<>\n]*[а-яё][^<>\n]*)<', whole)
    assert len(russian) > 20
    assert not [words for words in russian if "!" in "".join(words)]
