"""A place in a row of tokens, and what stands there."""

from geo_app.domain.hours.refusal import BadHours, Refusal
from geo_app.domain.hours.tokens import Kind, Token

_REFUSED_WORDS = {
    "sh": Refusal.SCHOOL_HOLIDAY, "week": Refusal.WEEK_NUMBER, "easter": Refusal.EASTER,
    "open": Refusal.MODIFIER, "unknown": Refusal.MODIFIER,
    "sunrise": Refusal.SUN_TIME, "sunset": Refusal.SUN_TIME, "dawn": Refusal.SUN_TIME, "dusk": Refusal.SUN_TIME,
}  # fmt: skip


class Cursor:
    """One pass over tokens whose last is `END`: a reader takes what it names and stops before the rest."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._place = 0
        # The next token; an attribute, because every reader asks for it several times.
        self.here = tokens[0]

    @property
    def ahead(self) -> Token:
        """The token after the next, or `END`."""
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    def is_spent(self) -> bool:
        """True when nothing is left."""
        return self.here.kind is Kind.END

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.here
        self._place += 1
        if token.kind is not Kind.END:
            self.here = self._tokens[self._place]
        return token

    def take_mark(self, text: str) -> bool:
        """True where that mark stood here; it is then behind."""
        if self.here.text != text:
            return False
        self.take()
        return True

    def refused(self, reason: Refusal, token: Token | None = None) -> BadHours:
        """The refusal of a token (the next one, unless another is named), to be raised."""
        blamed = token or self.here
        return BadHours(reason, position=blamed.position, value=blamed.text)

    def unexpected(self) -> BadHours:
        """The refusal of the next token: by name where it is a known part of the grammar that is not accepted."""
        return self.refused(_REFUSED_WORDS.get(self.here.text, Refusal.UNEXPECTED))
