"""The desk: what a person who signed in can do here."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalon.register.access import Verb, may_at_all
from jalon.register.access.deciding import Person
from jalon.web.access import requires


@dataclass(frozen=True, slots=True)
class Tool:
    """A page of the working space: the name of its address, what it is for, and the act it demands."""

    name: str
    label: str
    says: str
    verb: Verb

    @property
    def href(self) -> str:
        return reverse(self.name)


TOOLS: tuple[Tool, ...] = (
    Tool("review-themes", "La revue des thèmes", "Les textes dont la machine doute, au clavier.", Verb.REVIEW),
    Tool("review-links", "Les rapprochements", "Actions et dotations qui sont peut-être un même projet.", Verb.REVIEW),
    Tool(
        "readings",
        "Les lectures",
        "Déposer des conventions, suivre leur lecture, publier ce qu’elles apportent.",
        Verb.UPLOAD,
    ),
    Tool(
        "review", "À revoir", "Les champs peu sûrs, les actions changées, les documents sans convention.", Verb.REVIEW
    ),
    Tool(
        "proposals",
        "Les propositions",
        "Les corrections proposées : les vôtres, et celles à trancher.",
        Verb.PROPOSE,
    ),
    Tool("drafting", "Réponses", "Rédiger une réponse à partir de chiffres, chaque phrase avec sa note.", Verb.CONSULT),
    Tool("verifications", "Vérifications", "Décider de chaque verdict, figer une réponse en un dossier.", Verb.FREEZE),
    Tool(
        "money",
        "Les financements",
        "Enveloppes, engagements, paiements : ce qui reste, ce qui attend, ce qui alerte.",
        Verb.FUND,
    ),
    Tool("accounts", "Comptes et rôles", "Qui peut faire quoi, sur quel périmètre ; les invitations.", Verb.ADMINISTER),
    Tool("log", "Journal des exports", "Qui a emporté ce qui n’est pas publié, et quand.", Verb.ADMINISTER),
    Tool("admin:index", "Le registre", "Chaque ligne, son histoire, ses corrections.", Verb.ADMINISTER),
)


@dataclass(frozen=True, slots=True)
class DeskPage:
    title: str
    answer: str
    tools: tuple[Tool, ...]


@requires(Verb.CONSULT)
def desk(request: HttpRequest) -> HttpResponse:
    tools = tuple(tool for tool in TOOLS if may_at_all(request.user, tool.verb))
    shown = DeskPage("Que voulez-vous faire ?", f"Vous êtes connecté : {name_of(request.user)}.", tools)
    return render(request, "jalon/desk.html", {"page": shown})


def name_of(user: Person) -> str:
    """The name people read: in full where it is known."""
    return (user.get_full_name() if user.is_authenticated else "") or user.get_username()
