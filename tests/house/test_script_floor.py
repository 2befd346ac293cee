"""Scripts and styles use nothing newer than Chrome 87: Android 8 phones that are never updated, Samsung Internet, in-app browsers."""

import re

import pytest

from geo_app.assets import find_assets

STATIC = find_assets("static")
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
STYLES = sorted((STATIC / "css").rglob("*.css"))
# What came after: (Chrome's version, pattern, a piece of code that it must find).
NEWER_SCRIPT = (
    (92, r"\.at\(", "list.at(-1)"),
    (98, r"\bstructuredClone\b", "structuredClone(a)"),
    (88, r"\?\?=|\|\|=|&&=", "a ??= b"),  # since 85, but Samsung Internet 14 and old in-app browsers differ: write it out
    (93, r"\bObject\.hasOwn\b", "Object.hasOwn(a, b)"),
    (97, r"\.findLast(Index)?\(", "list.findLast(f)"),
    (110, r"\.to(Sorted|Reversed|Spliced)\(|\.with\(\d", "list.toSorted()"),
    (117, r"\b(Object|Map)\.groupBy\b|\.groupBy\(", "Object.groupBy(a, b)"),
    (119, r"\bPromise\.(withResolvers|try)\b", "Promise.withResolvers()"),
    (92, r"\brandomUUID\b", "crypto.randomUUID()"),
    (103, r"\bAbortSignal\.(timeout|any)\b", "AbortSignal.timeout(5)"),
    (89, r"(?m)^await\b", "await load();"),
    (94, r"\bstatic\s*\{", "static { a(); }"),
    (93, r"\{\s*cause\s*[:}]", "new Error('a', { cause: b })"),
    (90, r"/[a-z]*d[a-z]*\.exec\b", "/a/d.exec(b)"),
    (112, r"/[gimsuy]*v[gimsuy]*\.(exec|test)\b", "/a/v.test(b)"),
    (105, r"\.checkVisibility\(", "a.checkVisibility()"),
    (102, r"\.inert\b|\"inert\"", "a.inert = true"),
    (114, r"\.(show|hide|toggle)Popover\(|\"popover\"", "a.showPopover()"),
    (99, r"\.showPicker\(", "a.showPicker()"),
    (120, r"\bURL\.(canParse|parse)\(", "URL.canParse(a)"),
    (121, r"\bArray\.fromAsync\b", "Array.fromAsync(a)"),
    (122, r"\.(union|intersection|difference|isSubsetOf|isSupersetOf)\(", "set.union(b)"),
    (111, r"\bstartViewTransition\b", "document.startViewTransition(f)"),
    (111, r"\bisWellFormed\b", "text.isWellFormed()"),
)
NEWER_STYLE = (
    (105, r":has\(", "a:has(b) { }"),
    (88, r":(is|where)\(", "a:is(b, c) { }"),
    (88, r"\baspect-ratio\s*:", "a { aspect-ratio: 1; }"),
    (108, r"(?<=\d)[dsl]v[hwib]\b", "a { height: 100dvh; }"),
    (99, r"@layer\b", "@layer a { }"),
    (105, r"@container\b|\bcontainer-type\s*:", "@container (width > 1px) { }"),
    (111, r"\bcolor-mix\(|\bokl(ch|ab)\(|\b(lch|lab)\(", "a { color: color-mix(in srgb, red, blue); }"),
    (112, r"(?m)^\s*&", "a {\n & b { } }"),
    (117, r"\bsubgrid\b", "a { grid-template-rows: subgrid; }"),
    (104, r"(?<![\w-])(translate|rotate|scale)\s*:", "a { translate: 1px; }"),
    (104, r"@media[^{]*[<>]", "@media (width > 1px) { }"),
    (123, r"\blight-dark\(", "a { color: light-dark(red, blue); }"),
    (118, r"@scope\b|@starting-style\b", "@scope (a) { }"),
)
# What an older browser leaves out alone: wide tables are pressed together there, and still whole; a height has its fallback in front.
LEFT_OUT_ALONE = (".table-scroll .table:has(thead th:nth-child(5)) { min-width: 44rem; }", "height: 100vh; height: 100dvh;")


def code(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for rule in LEFT_OUT_ALONE:
        text = text.replace(rule, "")
    return re.sub(r"(?m)^\s*//.*$", "", text) if path.suffix == ".js" else text


def found(patterns, paths):
    return [
        (str(path.relative_to(STATIC)), version, match[0])
        for path in paths
        for version, pattern, _ in patterns
        for match in re.finditer(pattern, code(path))
    ]


def test_no_script_needs_more_than_chrome_87():
    assert len(SCRIPTS) > 20
    assert found(NEWER_SCRIPT, SCRIPTS) == []


def test_no_style_needs_more_than_chrome_87():
    assert len(STYLES) > 3
    assert found(NEWER_STYLE, STYLES) == []


@pytest.mark.parametrize(("version", "pattern", "example"), [*NEWER_SCRIPT, *NEWER_STYLE])
def test_each_pattern_finds_what_it_forbids(version, pattern, example):
    assert version > 87
    assert re.search(pattern, example)


def test_the_phones_script_asks_before_it_uses_what_a_browser_may_lack():
    finder = {path.name: code(path) for folder in ("finder", "shared") for path in (STATIC / "js" / folder).glob("*.js")}
    text = "\n".join(finder.values())
    for guard in (
        '"serviceWorker" in navigator',
        "if (window.requestIdleCallback)",
        "if (!navigator.geolocation)",
        "if (!navigator.share)",
    ):
        assert guard in text
    assert "caches" not in text
    assert [name for name, script in finder.items() if "Storage" in script] == ["store.js"]
    assert finder["store.js"].count("localStorage") == finder["store.js"].count("try {") == 2
