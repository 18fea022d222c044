"""What fictional agreements say: towns that do not exist, actions, amounts and dates with their spellings."""

import calendar
import random
from dataclasses import dataclass, field
from datetime import date

TOWNS = (
    "Port-Clairval",
    "Saint-Aubric",
    "Belleroche-en-Plaine",
    "Vieuxpré-sur-Orne",
    "Castelmaure-le-Neuf",
    "Brumance",
    "Villarmont",
    "Sainte-Ygerne",
    "Courvalon-sur-Aure",
    "Marlieu-la-Forêt",
)
AXES = {
    1: "De la réhabilitation à la restructuration : vers une offre attractive de l’habitat en centre-ville",
    2: "Favoriser un développement économique et commercial équilibré",
    3: "Développer l’accessibilité, la mobilité et les connexions",
    4: "Mettre en valeur les formes urbaines, l’espace public et le patrimoine",
    5: "Fournir l’accès aux équipements et services publics",
}
TITLES = {
    1: (
        "Réhabilitation de la halle aux grains en logements",
        "OPAH de renouvellement urbain du cœur ancien",
        "Requalification de l’îlot des Tisserands",
        "Création d’une maison de l’habitat",
        "Portage foncier de l’ancien couvent",
    ),
    2: (
        "Foncière commerciale de centre-ville",
        "Observatoire des locaux vacants",
        "Boutiques à l’essai rue des Forges",
        "Modernisation du marché couvert",
        "Plateforme numérique des commerçants",
    ),
    3: (
        "Pôle d’échanges multimodal de la gare",
        "Jalonnement dynamique des parkings",
        "Voie verte des bords de rivière",
        "Bornes de recharge pour véhicules électriques",
        "Plan vélo du centre et de ses faubourgs",
    ),
    4: (
        "Réaménagement de la place du Champ-de-Foire",
        "Mise en lumière intelligente du patrimoine",
        "Restauration des remparts nord",
        "Renaturation de la cour des Arts",
        "Piétonnisation de la Grande-Rue",
    ),
    5: (
        "Construction d’une médiathèque de quartier",
        "Campus connecté et tiers-lieu",
        "Rénovation du cinéma associatif Le Rex",
        "Maison de santé pluriprofessionnelle",
        "Restructuration du gymnase municipal",
    ),
    0: (
        "Rénovation énergétique des écoles",
        "Réseau de capteurs pour la gestion de l’eau",
        "Budget participatif et concertation",
    ),
}
ENDINGS = (
    "",
    "",
    "",
    " : études et travaux",
    " (phase 1)",
    " – secteur de la Gare",
    " et de ses abords",
    " dans l’ancien tribunal",
    ", de la place Neuve à la rue Haute",
)
SENTENCES = (
    "Le diagnostic partagé a relevé une vacance de 14 % dans les rues commerçantes et un bâti ancien peu confortable.",
    "L’opération sera menée en deux tranches, la première de 12 mois, afin de maintenir l’activité des riverains.",
    "Une concertation réunira les habitants, les commerçants et les associations du quartier à chaque étape.",
    "Le programme comprend 24 logements, dont 8 à loyer maîtrisé, et un local d’activité de 180 m² en rez-de-chaussée.",
    "Les études de faisabilité remises en 2017 concluent à un équilibre sous réserve des aides attendues.",
    "La collectivité souhaite renforcer l’attractivité du centre et retrouver un usage pour un bâtiment emblématique.",
    "Un marché de maîtrise d’œuvre sera lancé après validation du programme par le comité de projet.",
    "Le suivi sera assuré par le service urbanisme, avec un point d’étape chaque trimestre.",
)
OBJECTIVES = (
    "Réduire la vacance",
    "Accueillir de nouveaux habitants",
    "Apaiser la circulation",
    "Soutenir le commerce de proximité",
    "Valoriser le patrimoine",
    "Réduire les consommations d’énergie",
)
INDICATORS = (
    "Logements livrés",
    "Locaux réoccupés",
    "Fréquentation annuelle",
    "Surface requalifiée",
    "Nombre de rencontres",
)
PARTNERS = (
    "Banque des Territoires",
    "Anah",
    "Action Logement",
    "CCI",
    "Chambre de métiers et de l’artisanat",
    "CAUE",
    "ADEME",
    "DDT",
    "Conseil départemental",
    "Région",
    "Architecte des bâtiments de France",
    "Union commerciale",
    "SNCF Réseau",
)
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
UNKNOWN = ("À définir", "à préciser", "En cours de chiffrage", "–", "Non connu à ce jour")
NUMBERS = (
    ("deux cent mille euros", 200_000),
    ("un million d’euros", 1_000_000),
    ("trois cent cinquante mille euros", 350_000),
)
NUMBERINGS = ("FA-{n:02d}", "{a}.{k}", "Action n° {n}", "A{n}", "{a}-{k}", "Fiche n° {n}", "ACV {n:02d}", "{L}.{k}")


@dataclass
class Money:
    raw: str
    euros: int | None
    others: tuple[int, ...] = ()


@dataclass
class Action:
    reference: str
    title: str
    axis: int | None
    description: str
    objectives: list[str]
    owner: str
    partners: list[str]
    budget: Money
    funding: list[tuple[str, Money]]
    calendar: str
    start: str | None
    end: str | None
    progress: list[str]
    results: list[str]
    initial: int | None = None
    struck: str = ""
    status: str = "active"
    change: str = ""
    pages: tuple[int, int] = (0, 0)


@dataclass
class Agreement:
    town: str
    epci: str
    signed: date
    actions: list[Action] = field(default_factory=list)


def agreement(seed: int, count: int = 9) -> Agreement:
    """A fictional agreement; the same seed gives the same one."""
    rng = random.Random(seed)
    town = rng.choice(TOWNS)
    epci = rng.choice(
        (f"Communauté d’agglomération de {town}", f"{town} Agglomération", f"Communauté de communes du Pays de {town}")
    )
    out = Agreement(town, epci, date(rng.randint(2018, 2020), rng.randint(1, 12), rng.randint(1, 28)))
    numbering = rng.choice(NUMBERINGS)
    axes = sorted(rng.choice((1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0)) for _ in range(count))
    axes = [a for a in axes if a] + [a for a in axes if not a]
    used: set[str] = set()
    ranks: dict[int, int] = {}
    for number, axis in enumerate(axes, 1):
        ranks[axis] = ranks.get(axis, 0) + 1
        place = {"n": number, "a": axis or "T", "k": ranks[axis], "L": "ABCDET"[axis - 1]}
        out.actions.append(_action(rng, numbering.format(**place), axis, out, used))
    return out


def _action(rng: random.Random, reference: str, axis: int, of: Agreement, used: set[str]) -> Action:
    title = next(t for _ in range(99) if (t := rng.choice(TITLES[axis]) + rng.choice(ENDINGS)) not in used)
    used.add(title)
    owner = rng.choice(
        (
            f"Ville de {of.town}",
            f"Commune de {of.town}",
            of.epci,
            "Office public de l’habitat",
            "SEM Centre-Ville",
            "Établissement public foncier",
            f"Ville de {of.town}",
        )
    )
    money = budget(rng)
    when, start, end = period(rng)
    return Action(
        reference,
        title,
        axis or None,
        " ".join(rng.sample(SENTENCES, rng.randint(2, 4))),
        rng.sample(OBJECTIVES, rng.randint(1, 2)),
        owner,
        rng.sample(PARTNERS, rng.randint(1, 4)),
        money,
        funding(rng, money, of),
        when,
        start,
        end,
        rng.sample(INDICATORS, 1),
        rng.sample(INDICATORS, rng.randint(1, 2)),
    )


def grouped(value: int, rng: random.Random) -> str:
    return f"{value:,}".replace(",", rng.choice((" ", "\u00a0", "\u202f", ".") if value >= 10_000 else (" ", "\u00a0")))


def budget(rng: random.Random) -> Money:
    """An amount in one of its spellings."""
    kind = rng.randrange(12)
    value = rng.choice((rng.randint(20, 900) * 1_000, rng.randint(10, 90) * 50_000, rng.randint(20_000, 6_000_000)))
    if kind == 0:
        return Money(rng.choice(UNKNOWN), None)
    if kind == 1:
        tenths = rng.randint(11, 59)
        return Money(f"{tenths // 10},{tenths % 10} M€", tenths * 100_000)
    if kind == 2:
        return Money(f"{value // 1000} k€ HT", value // 1000 * 1000)
    if kind == 3:
        return Money(
            f"{grouped(value, rng)} € HT (soit {grouped(value * 6 // 5, rng)} € TTC)", value, (value * 6 // 5,)
        )
    if kind == 4:
        return Money(*rng.choice(NUMBERS))
    if kind == 5:
        return Money(f"Coût estimé à {grouped(value, rng)} euros TTC", value)
    if kind == 6:
        first = value // 3
        return Money(
            f"Études : {grouped(first, rng)} € – Travaux : {grouped(value - first, rng)} €"
            f" – Total : {grouped(value, rng)} €",
            value,
        )
    return Money(f"{grouped(value, rng)} €" + rng.choice(("", "", " HT", " TTC")), value)


def funding(rng: random.Random, total: Money, of: Agreement) -> list[tuple[str, Money]]:
    """Who pays, adding up to the budget where it is known."""
    names = [
        *rng.sample(
            [
                "État (DSIL)",
                "État – DETR",
                "Conseil régional",
                "Conseil départemental",
                "Banque des Territoires",
                "Anah",
                "FEDER",
                "Action Logement",
                of.epci,
            ],
            rng.randint(1, 3),
        ),
        rng.choice((f"Ville de {of.town}", "Commune (autofinancement)")),
    ]
    if total.euros is None or rng.random() < 0.1:
        return [(name, Money("à préciser", None)) for name in names] if rng.random() < 0.5 else []
    left, out = total.euros, []
    for name in names[:-1]:
        part = max(500, left * rng.randint(10, 45) // 100 // 500 * 500)
        left -= part
        out.append((name, Money(f"{grouped(part, rng)} €", part)))
    out.append((names[-1], Money(f"{grouped(left, rng)} €", left)))
    return out


def period(rng: random.Random) -> tuple[str, str | None, str | None]:
    """A period in one of its spellings, with its first and last day."""
    year, length = rng.randint(2018, 2021), rng.randint(1, 3)
    month, last = rng.randint(1, 12), rng.randint(1, 12)
    quarter = rng.randint(1, 4)
    end_of = lambda y, m: f"{y}-{m:02d}-{calendar.monthrange(y, m)[1]:02d}"
    later = year + length
    first, until = f"{year}-{month:02d}-01", end_of(later, last)
    return rng.choice(
        (
            (f"{year}-{later}", f"{year}-01-01", f"{later}-12-31"),
            (f"{MONTHS[month - 1]} {year} à {MONTHS[last - 1]} {later}", first, until),
            (f"T{quarter} {year} – fin {later}", f"{year}-{quarter * 3 - 2:02d}-01", f"{later}-12-31"),
            (f"À partir de {MONTHS[month - 1]} {year}", first, None),
            (f"À compter du 1er {MONTHS[month - 1]} {year}", first, None),
            (f"Livraison : {MONTHS[last - 1]} {later}", None, until),
            (f"Démarrage : {MONTHS[month - 1]} {year} ; achèvement : {MONTHS[last - 1]} {later}", first, until),
            (
                f"{quarter}e trimestre {year}".replace("1e", "1er"),
                f"{year}-{quarter * 3 - 2:02d}-01",
                end_of(year, quarter * 3),
            ),
            (f"Du 15/{month:02d}/{year} au 30/09/{later}", f"{year}-{month:02d}-15", f"{later}-09-30"),
            ("À définir", None, None),
            (f"Année {year}", f"{year}-01-01", f"{year}-12-31"),
            (f"1er semestre {year} à 2e semestre {later}", f"{year}-01-01", f"{later}-12-31"),
        )
    )
