"""What a style sheet loses and what it keeps, rule by rule."""

from __future__ import annotations

import lxml.html
import pytest

from roadmap.postprocess.bundle import collapsed
from roadmap.postprocess.unused_css import Used, prune

PAGE = """<!doctype html><html lang="en"><body dir="ltr"><main class="a b" id="here" data-stage="one"><p>Text</p>
<details><summary>More</summary></details><svg style="fill: var(--named-in-a-page)"></svg>
<template><i class="in-template"></i></template></main></body></html>"""
SCRIPT = 'made.className = `was-${kind}`; page.dataset.ofWhat = "slate"; add("live"); get("--read-by-a-script")'


@pytest.fixture(scope="module")
def used() -> Used:
    used = Used()
    used.page(PAGE, lxml.html.document_fromstring(PAGE))
    used.script(SCRIPT)
    return used


KEPT = (
    "p{x:y}", ".a{x:y}", "main.a.b>p{x:y}", "#here{x:y}", "[data-stage=\"one\"]{x:y}", ".a:hover::before{x:y}", "*{x:y}",
    ".in-template{x:y}", ".live{x:y}", ".was-tick{x:y}", "[data-of-what=\"slate\"]{x:y}", "details[open]{x:y}",
    ":is(.gone,.a) p{x:y}", "p:not(.gone){x:y}", "main:has(>p){x:y}", "[data-stage^=\"o\"]{x:y}", "@page{margin:1mm}",
    "@media print{p{x:y}}", "@page{@top-left{content:\"x\"}}", "main{x:y!important}",
    "p::-webkit-details-marker{x:y}", "p{&:hover{x:y}}", ".a{content:\"a , b  c\"}",
)


@pytest.mark.parametrize("rule", KEPT)
def test_what_can_be_used_stays_as_it_is(rule: str, used: Used) -> None:
    assert prune(rule, used) == rule


LOST = (
    "blockquote{x:y}", ".gone{x:y}", ".a .gone{x:y}", "#gone{x:y}", "[data-gone]{x:y}", "[data-stage=two]{x:y}",
    "[dir=rtl] .a{x:y}", ":is(.gone,.other) p{x:y}", "main:has(.gone){x:y}", "@media print{.gone{x:y}}", "p{}",
    "@keyframes turn{to{x:y}}", ":root{--read-by-nobody:red}", ":root{--one:var(--two);--two:red}", "/* nothing */",
)


@pytest.mark.parametrize("rule", LOST)
def test_what_nothing_can_use_is_lost(rule: str, used: Used) -> None:
    assert prune(rule, used) == ""


SHORTER = {
    "p , .gone,\n.b { x : y ;; }": "p,.b{x:y}",
    "@charset 'UTF-8'; p { margin: 0  1px /* why */ ; }": "p{margin:0 1px}",
    ":root { --one: 1px; --two: 2px } p { x: var(--one) }": ":root{--one:1px}p{x:var(--one)}",
    ":root { --one: var(--two, 3px); --two: 2px } p { x: var( --one ) }": ":root{--one:var(--two,3px);--two:2px}p{x:var(--one )}",
    ":root { --named-in-a-page: a; --read-by-a-script: b }": ":root{--named-in-a-page:a;--read-by-a-script:b}",
    "@keyframes a { from { x: y } } @keyframes b { to { x: y } } p { animation: b 1s }": "@keyframes b{to{x:y}}p{animation:b 1s}",
    "p { x: calc(1px + 2px) rgb(0 0 0 / 50%) }": "p{x:calc(1px + 2px) rgb(0 0 0 / 50%)}",
}


@pytest.mark.parametrize("styles", SHORTER)
def test_what_stays_is_written_shorter(styles: str, used: Used) -> None:
    assert prune(styles, used) == SHORTER[styles]


COLLAPSED = {
    "<p>\n    One\n\n    <b>two</b>  three</p>\n\n\n<p>": "<p>\nOne\n<b>two</b>  three</p>\n<p>",
    "<pre>\n  a\n\n  b</pre>\n\n <p>": "<pre>\n  a\n\n  b</pre>\n<p>",
    "<textarea>\n\n x</textarea>": "<textarea>\n\n x</textarea>",
    "<script>\n  if (a <\n    b) c()\n</script>\n\n<p>": "<script>\n  if (a <\n    b) c()\n</script>\n<p>",
    '<p title="a >\n   b">\n  x': '<p title="a >\n   b">\nx',
    "<b>a</b> <i>b</i>": "<b>a</b> <i>b</i>",
    "a\u00a0\n  b": "a\u00a0\nb",
}


@pytest.mark.parametrize("html", COLLAPSED)
def test_a_page_loses_its_indentation_and_nothing_else(html: str) -> None:
    assert collapsed(html) == COLLAPSED[html]
