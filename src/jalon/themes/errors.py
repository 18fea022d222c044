"""What can go wrong with themes, told in the user's words."""

from jalon.errors import JalonError


class ThemeError(JalonError):
    """Root of the errors of themes."""

    code = "themes"


class TaxonomyError(ThemeError):
    """The taxonomy or the lexicon does not follow its schema."""

    code = "themes-taxonomy"


class LabelsError(ThemeError):
    """A file of labels or of texts to label cannot be used."""

    code = "themes-labels"


class ArtefactError(ThemeError):
    """The shipped model is absent, damaged, or made from another taxonomy."""

    code = "themes-model"
