"""A place in a row of tokens, and what stands there."""

from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_MARKS_OF_GRAMMAR = frozenset({Kind.PARTICLE, Kind.COLON, Kind.LABEL})


class TokenCursor:
    """One pass over tokens whose last is `END`: a reader takes what it names and stops before the rest."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self.place = 0

    @property
    def here(self) -> Token:
        """The next token."""
        return self._tokens[self.place]

    def ahead(self, count: int = 1) -> Token:
        """The token `count` places after the next, or `END`."""
        return self._tokens[min(self.place + count, len(self._tokens) - 1)]

    @property
    def behind(self) -> Token | None:
        """The token taken last, or None at the beginning."""
        return self._tokens[self.place - 1] if self.place else None

    def is_at(self, *kinds: Kind) -> bool:
        """True where the next token is of one of the kinds."""
        return self.here.kind in kinds

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.here
        self.place += token.kind is not Kind.END
        return token

    def take_if(self, *kinds: Kind) -> Token | None:
        """The next token where it is of one of the kinds; it is then behind."""
        return self.take() if self.here.kind in kinds else None

    def skip(self, *kinds: Kind) -> None:
        """Takes tokens of the kinds as long as they stand here."""
        while self.here.kind in kinds:
            self.take()

    def skip_grammar(self) -> None:
        """Takes particles, colons and labels: they say what kind of thing follows, never which."""
        self.skip(*_MARKS_OF_GRAMMAR)

    def find_next(self, *passed: Kind) -> Token:
        """The first token from here on that is of none of the kinds."""
        count = 0
        while self.ahead(count).kind in passed:
            count += 1
        return self.ahead(count)

    def refused(self, reason: TextFault, token: Token | None = None) -> NotUnderstood:
        """The refusal of a token (the next one, unless another is named), to be raised."""
        blamed = token or self.here
        if blamed.kind is Kind.END and self.behind is not None and token is None:
            blamed = self.behind
        return NotUnderstood(reason, position=blamed.position, piece=blamed.text)

    def list_tokens(self, kind: Kind) -> list[Token]:
        """All tokens of a kind, wherever they stand."""
        return [token for token in self._tokens if token.kind is kind]
