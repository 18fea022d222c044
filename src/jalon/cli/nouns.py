"""The nouns of the command line, attached in the order of the work."""

from importlib import import_module

import typer

NOUNS = {
    "programme": "Programmes suivis : lister, vérifier, ajouter.",
    "sources": "Données ouvertes : lister, télécharger, vérifier, importer.",
    "themes": "Thèmes de la ville intelligente : apprendre, mesurer, étiqueter.",
    "edition": "Éditions datées : construire, lister, vérifier, comparer, publier.",
    "network": "Fibre : rejouer une projection du déploiement et la comparer à ce qui est arrivé.",
    "figure": "Chiffres du registre public : lister, montrer.",
}

SINGLE = ("read", "agreements", "check", "draft", "exactness", "run")


def attach(app: typer.Typer) -> None:
    """Attach `jalon.cli.NOUN.app` for each noun, then the modules of single commands."""
    for noun, says in NOUNS.items():
        app.add_typer(import_module(f"jalon.cli.{noun}").app, name=noun, help=says)
    for single in SINGLE:
        import_module(f"jalon.cli.{single}").attach(app)
