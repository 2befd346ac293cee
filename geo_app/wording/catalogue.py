"""Message catalogues: English message ids, one folder of .po files per language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po
from babel.plural import PluralRule

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("ko", "en", "vi", "zh", "ru", "uz")
DEFAULT_LANGUAGE = "ko"
LANGUAGE_NAMES = {"ko": "한국어", "en": "English", "vi": "Tiếng Việt", "zh": "简体中文", "ru": "Русский", "uz": "Oʻzbekcha"}
# The order in which a catalogue writes its plural forms (CLDR); "other" closes every language's row.
PLURAL_TAGS = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language. Calling it gives a sentence with its places filled.

    >>> Words("en", {}, PluralRule({}))("{count} places", count=3)
    '3 places'
    """

    lang: str
    messages: Mapping[str, str | tuple[str, ...]]
    plural_rule: PluralRule

    def __call__(self, msgid: str, /, **values: object) -> str:
        """The sentence for `msgid`, or the English `msgid` itself where the catalogue has none."""
        found = self.messages.get(msgid, msgid)
        sentence = found if isinstance(found, str) else found[0]
        return sentence.format(**values) if values else sentence

    def plural(self, msgid: str, msgid_plural: str, count: int, /, **values: object) -> str:
        """The sentence that fits `count`, by the language's CLDR plural rule; `{count}` is filled too."""
        forms = self.messages.get(msgid)
        if not isinstance(forms, tuple):
            sentence = msgid if count == 1 else msgid_plural
        else:
            tags = [tag for tag in PLURAL_TAGS if tag in self.plural_rule.tags or tag == "other"]
            sentence = forms[min(tags.index(self.plural_rule(count)), len(forms) - 1)]
        return sentence.format(count=count, **values)


@lru_cache(maxsize=len(LANGUAGES))
def get_words(lang: str) -> Words:
    """The words of a language of `LANGUAGES`; another language gets the default's."""
    known = lang if lang in LANGUAGES else DEFAULT_LANGUAGE
    return Words(known, _read_messages(LOCALE_FOLDER / known), Locale.parse(known).plural_form)


def _read_messages(folder: Path) -> dict[str, str | tuple[str, ...]]:
    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    messages[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return messages
