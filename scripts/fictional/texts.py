"""What the second set of fictional agreements says: other towns, actions, numberings, amounts and dates than the first."""

import calendar
import random
from datetime import date

from fictional.content import MONTHS, Action, Agreement, Money

TOWNS = (
    "Rochemaure-les-Tilleuls",
    "Saint-Ambreuil-du-Lac",
    "Fontanière",
    "Beaumarchet-sur-Vesle",
    "Grandlieu-le-Château",
    "Les Essarts-Clément",
    "Hauteclaire",
    "L’Isle-Vernon",
    "Montfaron",
    "Évrecourt",
)
SUBJECTS = {
    1: (
        "Opération façades rue Gambetta et rue de l’Hôtel-Dieu",
        "Résorption de l’habitat insalubre – îlot Saint-Pierre",
        "Étude pré-opérationnelle d’amélioration de l’habitat",
        "Dispositif « Louer en cœur de ville »",
        "Acquisition-amélioration de l’immeuble Delbos",
        "Aide à la primo-accession dans l’ancien",
        "Transformation de l’ex-gendarmerie en résidence intergénérationnelle",
    ),
    2: (
        "Recrutement d’un manager de commerce",
        "Droit de préemption commercial : mise en place et animation",
        "Hôtel d’entreprises de l’ancienne filature",
        "Rénovation des halles du XIXe siècle",
        "Place de marché locale en ligne",
        "Taxe sur les friches commerciales",
        "Implantation d’une pépinière artisanale (ateliers 1 à 6)",
    ),
    3: (
        "Navette électrique cœur de ville – gare",
        "Schéma directeur cyclable",
        "Parking-relais de la Porte de Bourgogne",
        "Refonte du plan de stationnement",
        "Passerelle piétonne sur l’Orve",
        "Déploiement du très haut débit dans les bâtiments publics",
        "Mise en accessibilité des arrêts de bus",
    ),
    4: (
        "Requalification du boulevard des Capucins (2e tranche)",
        "Création d’un jardin public à l’emplacement de l’ilot Vauban",
        "Site patrimonial remarquable : élaboration du PVAP",
        "Parcours de découverte de la vieille ville",
        "Éclairage public : passage aux LED et télégestion",
        "Réfection de la fontaine aux Lions",
        "Place d’Armes – aménagement, végétalisation et mobilier",
    ),
    5: (
        "Extension du conservatoire de musique",
        "Maison France Services",
        "Réhabilitation de la piscine Jean-Bouin",
        "Micro-Folie et fablab",
        "Transfert de l’école de musique dans l’ancien évêché",
        "Crèche multi-accueil de 40 berceaux",
        "Guichet unique numérique des démarches",
    ),
    0: (
        "Direction de projet et ingénierie",
        "Démarche participative « Fabrique du centre »",
        "Plan de sobriété énergétique du patrimoine communal",
        "Observatoire de la donnée urbaine",
    ),
}
AXES = {
    1: "De la réhabilitation à la restructuration : vers une offre attractive de l’habitat en centre-ville",
    2: "Favoriser un développement économique et commercial équilibré",
    3: "Développer l’accessibilité, la mobilité et les connexions",
    4: "Mettre en valeur les formes urbaines, l’espace public et le patrimoine",
    5: "Fournir l’accès aux équipements et services publics",
}
SENTENCES = (
    "Cette action prolonge l’étude urbaine livrée en mars 2018 par le groupement retenu à l’issue de la consultation.",
    "Elle répond à une demande ancienne des riverains et des commerçants, recueillie au cours de trois ateliers.",
    "Le bâtiment, propriété de la commune depuis 1994, est inoccupé ; son clos et son couvert restent sains.",
    "Il s’agit de porter de 6 à 10 % la part des trajets faits à vélo et de rouvrir la rue aux piétons.",
    "Les travaux comprennent le désamiantage, la reprise des réseaux, le pavage et la plantation de 46 arbres.",
    "L’animation sera confiée à un opérateur choisi après appel d’offres, pour trois ans renouvelables.",
    "Un premier état des lieux a permis de recenser 312 logements vacants, dont 90 depuis plus de cinq ans.",
    "La maîtrise d’œuvre urbaine précisera les emprises, le phasage et les conditions de circulation pendant le chantier.",
    "Le projet sera présenté aux services de l’État avant dépôt du permis de construire.",
    "À défaut d’accord amiable, la commune se réserve la possibilité d’une déclaration d’utilité publique.",
)
AIMS = (
    "Remettre sur le marché des logements décents",
    "Ramener des familles dans l’hypercentre",
    "Retrouver une continuité piétonne entre les deux places",
    "Diversifier l’offre marchande",
    "Réduire les charges des bâtiments",
    "Donner envie de flâner",
)
MEASURES = (
    "Nombre de façades ravalées",
    "Taux de vacance commerciale",
    "Nombre d’usagers par mois",
    "Linéaire de voirie repris",
    "Avancement du chantier",
    "Kilowattheures économisés",
)
ALLIES = (
    "Anah",
    "Action Logement",
    "ABF",
    "CAUE",
    "Chambre de commerce et d’industrie",
    "Chambre des métiers",
    "Établissement public foncier",
    "ADEME",
    "DRAC",
    "Association des commerçants",
    "Bailleurs sociaux",
    "Banque des Territoires",
    "Syndicat d’énergie",
    "Office de tourisme",
)
PAYERS = (
    "État (DSIL)",
    "État – DETR",
    "FNADT",
    "Région",
    "Conseil départemental",
    "Département",
    "Banque des Territoires",
    "Anah",
    "FEDER",
    "Agence de l’eau",
    "ADEME",
    "Caf",
)
NUMBERINGS = ("{a}.{k}", "FA-{n:02d}", "A.{R}.{k}", "Fiche projet {n}", "Action n° {a}.{k}", "{L}{k:02d}", "N°{n}", "")


def agreement(seed: int, count: int = 8, numbering: str | None = None) -> Agreement:
    """A fictional agreement of the second set; the same seed gives the same one."""
    rng = random.Random(seed * 31 + 5)
    town = rng.choice(TOWNS)
    epci = rng.choice((f"Communauté de communes {town} et Vallées", f"Grand {town}", f"{town} Métropole Sud"))
    out = Agreement(town, epci, date(rng.randint(2018, 2022), rng.randint(1, 12), rng.randint(1, 28)))
    chosen = rng.choice(NUMBERINGS) if numbering is None else numbering
    axes = sorted((rng.choice((1, 2, 3, 4, 5, 1, 2, 4, 5, 0)) for _ in range(count)), key=lambda a: a or 9)
    used: set[str] = set()
    ranks: dict[int, int] = {}
    for number, axis in enumerate(axes, 1):
        ranks[axis] = ranks.get(axis, 0) + 1
        roman = ("I", "II", "III", "IV", "V", "T")[axis - 1]
        place = {"n": number, "a": axis or 6, "k": ranks[axis], "L": "HCMPST"[axis - 1], "R": roman}
        out.actions.append(_action(rng, chosen.format(**place), axis, out, used))
    return out


def _action(rng: random.Random, reference: str, axis: int, of: Agreement, used: set[str]) -> Action:
    title = rng.choice([t for t in SUBJECTS[axis] if t not in used] or [f"{rng.choice(SUBJECTS[axis])} – suite"])
    used.add(title)
    owners = (
        f"Ville de {of.town}",
        of.epci,
        "Commune",
        "SPL Aménagement",
        "Logis d’Oc",
        f"CCAS de {of.town}",
        "Région",
    )
    money = budget(rng)
    when, start, end = period(rng)
    return Action(
        reference=reference,
        title=title,
        axis=axis or None,
        description=" ".join(rng.sample(SENTENCES, rng.randint(2, 5))),
        objectives=rng.sample(AIMS, rng.randint(1, 3)),
        owner=rng.choice(owners),
        partners=rng.sample(ALLIES, rng.randint(1, 4)),
        budget=money,
        funding=funding(rng, money, of),
        calendar=when,
        start=start,
        end=end,
        progress=rng.sample(MEASURES, rng.randint(1, 2)),
        results=rng.sample(MEASURES, 1),
    )


def spaced(value: int, blank: str = "\u202f") -> str:
    return f"{value:,}".replace(",", blank)


def euros(value: int, rng: random.Random) -> str:
    """One amount in one of the spellings of towns."""
    blank = rng.choice((" ", "\u202f", "\u00a0"))
    if value % 1000 == 0 and rng.random() < 0.25:
        return f"{spaced(value // 1000, blank)} {rng.choice(('k€', 'K€', 'k euros'))}"
    if value % 10_000 == 0 and value >= 1_000_000 and rng.random() < 0.5:
        return f"{value / 1_000_000:.2f}".rstrip("0").rstrip(".").replace(".", ",") + rng.choice(
            (" M€", " millions d’euros", "M€")
        )
    return rng.choice((f"{spaced(value, blank)} €", f"{spaced(value, blank)} euros", f"{spaced(value, blank)}€"))


def budget(rng: random.Random) -> Money:
    value = rng.choice((rng.randint(8, 950) * 1_000, rng.randint(100, 700) * 10_000, rng.randint(5_000, 3_000_000)))
    kind = rng.randrange(10)
    if kind == 0:
        return Money(rng.choice(("Non chiffré", "À déterminer", "En attente d’étude", "/", "Pas de coût direct")), None)
    if kind == 1:
        return Money(f"{euros(value, rng)} HT, soit {euros(value * 6 // 5, rng)} TTC", value, (value * 6 // 5,))
    if kind == 2:
        return Money(f"≈ {euros(value, rng)} H.T.", value)
    if kind == 3:
        return Money(f"Estimation : {euros(value, rng)} (valeur {MONTHS[rng.randrange(12)]} 2018)", value)
    if kind == 4:
        return Money(f"{spaced(value, ' ')},00 € TTC", value)
    return Money(euros(value, rng) + rng.choice(("", "", " HT", " TTC", " hors taxes")), value)


def funding(rng: random.Random, total: Money, of: Agreement) -> list[tuple[str, Money]]:
    if total.euros is None or total.euros < 4_000:
        return []
    chosen = rng.sample(PAYERS, rng.randint(1, 3))
    names = [name for i, name in enumerate(chosen) if not any(_same(name, other) for other in chosen[:i])]
    left, out = total.euros, []
    for name in names:
        part = max(100, left * rng.randint(8, 40) // 100 // 100 * 100)
        left -= part
        out.append((name, Money(euros(part, rng), part)))
    own = rng.choice((f"Ville de {of.town}", "Autofinancement", "Commune", of.epci))
    return [*out, (own, Money(euros(left, rng), left))]


def _same(one: str, other: str) -> bool:
    state = ("État", "FNADT")
    return (one.startswith(state) and other.startswith(state)) or {one, other} == {
        "Département",
        "Conseil départemental",
    }


def period(rng: random.Random) -> tuple[str, str | None, str | None]:
    year, length = rng.randint(2018, 2022), rng.randint(1, 3)
    later = year + length
    first, last, quarter, half = rng.randint(1, 12), rng.randint(1, 12), rng.randint(1, 4), rng.randint(1, 2)
    begin = f"{year}-{first:02d}-01"
    until = f"{later}-{last:02d}-{calendar.monthrange(later, last)[1]:02d}"
    return rng.choice(
        (
            (f"De {MONTHS[first - 1]} {year} à {MONTHS[last - 1]} {later}", begin, until),
            (f"{first:02d}/{year} – {last:02d}/{later}", begin, until),
            (f"Lancement en {MONTHS[first - 1]} {year}, livraison en {MONTHS[last - 1]} {later}", begin, until),
            (f"S{half} {year} à fin {later}", f"{year}-{1 if half == 1 else 7:02d}-01", f"{later}-12-31"),
            (f"{year} à {later}", f"{year}-01-01", f"{later}-12-31"),
            (f"Dès {MONTHS[first - 1]} {year}", begin, None),
            (f"Mise en service : {MONTHS[last - 1]} {later}", None, until),
            (f"T{quarter} {year}", f"{year}-{quarter * 3 - 2:02d}-01", _last(year, quarter * 3)),
            (f"Début des études : {MONTHS[first - 1]} {year} – Réception : {MONTHS[last - 1]} {later}", begin, until),
            ("Non défini à ce stade", None, None),
            (f"Courant {year}", f"{year}-01-01", f"{year}-12-31"),
        )
    )


def _last(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
