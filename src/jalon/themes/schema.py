"""The taxonomy and the lexicon as data, read strictly: a typo in a key is an error that says where."""

import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from jalon.themes import own
from jalon.themes.errors import TaxonomyError
from jalon.themes.patterns import Elements, PatternError, parse

HERE = Path(__file__).resolve().parent
TAXONOMY_FILE, LEXICON_FILE = HERE / "taxonomy.toml", HERE / "lexicon.toml"
Dimension = Literal["mobility", "environment", "living", "people", "governance", "economy"]
DIMENSIONS: dict[Dimension, str] = {
    "mobility": "Mobilité",
    "environment": "Environnement",
    "living": "Cadre de vie",
    "people": "Habitants",
    "governance": "Gouvernance",
    "economy": "Économie",
}
Words = Annotated[str, Field(min_length=1, max_length=400)]
Model = TypeVar("Model", bound=BaseModel)
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Rule(_Strict):
    """Notions that, said together and without those of `unless`, speak for a theme or against it."""

    when: Annotated[tuple[Words, ...], Field(min_length=1)]
    unless: tuple[Words, ...] = ()
    says: Literal["sure", "doubt", "against"]


class Boundary(_Strict):
    """A case at the border of a theme, and how it is decided."""

    text: Words
    verdict: Literal["yes", "no", "doubt"]
    because: Words


class Theme(_Strict):
    """One theme of the smart city."""

    id: Name
    rank: Annotated[int, Field(ge=1)]
    label: Words
    definition: Words
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    examples: Annotated[tuple[Words, ...], Field(min_length=1)]
    boundaries: tuple[Boundary, ...] = ()
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Taxonomy(_Strict):
    """All themes, by rank."""

    version: int
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]

    @field_validator("themes")
    @classmethod
    def _ordered(cls, themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
        for field in ("id", "rank", "label"):
            twice = [value for value, n in Counter(getattr(theme, field) for theme in themes).items() if n > 1]
            if twice:
                raise ValueError(f"« {twice[0]} » sert deux fois comme {field}")
        return tuple(sorted(themes, key=lambda theme: theme.rank))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.themes)

    def theme(self, theme_id: str) -> Theme:
        """The theme of that identifier; raises `KeyError`."""
        return {theme.id: theme for theme in self.themes}[theme_id]


class ConceptSpec(_Strict):
    """How one notion is said; see `patterns` for the language."""

    label: Words
    patterns: Annotated[tuple[Words, ...], Field(min_length=1)]
    false_friends: tuple[Words, ...] = ()
    fuzzy: tuple[Annotated[str, Field(pattern=r"^[a-z]{7,}$")], ...] = ()

    @field_validator("patterns", "false_friends")
    @classmethod
    def _readable(cls, sources: tuple[str, ...]) -> tuple[str, ...]:
        for source in sources:
            try:
                parse(source, Elements())
            except PatternError as error:
                raise ValueError(f"motif « {source} » : {error}") from None
        return sources


class LexiconSpec(_Strict):
    concepts: Annotated[dict[Name, ConceptSpec], Field(min_length=1)]


class Vocabulary(_Strict):
    """The taxonomy with the lexicon its rules speak of."""

    taxonomy: Taxonomy
    lexicon: LexiconSpec

    @model_validator(mode="after")
    def _known_concepts(self) -> "Vocabulary":
        known = set(self.lexicon.concepts)
        for theme in self.taxonomy.themes:
            for rule in theme.rules:
                for name in (part for item in (*rule.when, *rule.unless) for part in item.split("|")):
                    if name not in known and not name.startswith("category:"):
                        raise ValueError(f"le thème « {theme.id} » cite la notion inconnue « {name} »")
        return self


class OwnSpec(_Strict):
    """A file of an operator: themes and notions beside those of the product."""

    themes: tuple[Theme, ...] = ()
    concepts: dict[Name, ConceptSpec] = {}


def taxonomy() -> Taxonomy:
    """The themes the product ships, then those of the operator."""
    return vocabulary().taxonomy


def vocabulary() -> Vocabulary:
    """The taxonomy and lexicon the product ships, with what `JALON_HOME/themes/*.toml` add.

    Raises `TaxonomyError` naming file, key and mend.
    """
    return _vocabulary(own.stamp())


@cache
def shipped() -> Vocabulary:
    """The taxonomy and lexicon of the product alone."""
    return read_vocabulary(TAXONOMY_FILE, LEXICON_FILE)


@lru_cache(maxsize=4)
def _vocabulary(stamp: own.Stamp) -> Vocabulary:
    known = shipped()
    for name, _, _ in stamp:
        known = _extended(known, Path(name))
    return known


def _extended(known: Vocabulary, file: Path) -> Vocabulary:
    """What is known with one file of the operator; it changes nothing of the product's."""
    added = _read(file, OwnSpec)
    last = max(theme.rank for theme in shipped().taxonomy.themes)
    for theme in added.themes:
        if theme.rank <= last:
            raise _misplaced(file, f"le rang {theme.rank} de « {theme.id} »", f"donnez un rang d'au moins {last + 1}")
    for name in added.concepts:
        if name in known.lexicon.concepts:
            raise _misplaced(file, f"la notion « {name} » existe déjà", "donnez-lui un autre nom")
    try:
        themes = Taxonomy(version=known.taxonomy.version, themes=(*known.taxonomy.themes, *added.themes))
        lexicon = LexiconSpec(concepts={**known.lexicon.concepts, **added.concepts})
        return Vocabulary(taxonomy=themes, lexicon=lexicon)
    except ValidationError as error:
        raise _refused(file, error) from None


def _misplaced(file: Path, what: str, mend: str) -> TaxonomyError:
    return TaxonomyError(f"{file}: {what}", user_message=f"{file.name} : {what}.", mend=f"{mend} dans {file}.")


def read_vocabulary(taxonomy_file: Path, lexicon_file: Path) -> Vocabulary:
    """Both files, validated; raises `TaxonomyError` naming file, key and mend."""
    themes = _read(taxonomy_file, Taxonomy)
    lexicon = _read(lexicon_file, LexiconSpec)
    try:
        return Vocabulary(taxonomy=themes, lexicon=lexicon)
    except ValidationError as error:
        raise _refused(taxonomy_file, error) from None


def _read(file: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise _refused(file, error) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise TaxonomyError(
            f"{file}: {error}",
            user_message=f"{file.name} : fichier illisible ({error}).",
            mend=f"corrigez la syntaxe TOML de {file} (encodage UTF-8).",
        ) from None


def _refused(file: Path, error: ValidationError) -> TaxonomyError:
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"])) or "le fichier"
    return TaxonomyError(
        f"{file}: {key}: {first['msg']}",
        user_message=f"{file.name}, clé {key} : {first['msg']}.",
        mend=f"corrigez cette clé dans {file} ; les clés permises sont décrites dans docs/model-card.md.",
    )
