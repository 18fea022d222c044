"""The border of each theme, in sentences of ours."""

import pytest

from jalon.themes import Classifier, taxonomy

EDUCATION = "4 - Education"
CASES = [
    ("Gestion électronique sécurisée des accès aux gymnases", None, {"securite_numerique"}),
    ("Éclairage adaptatif de la voie verte", None, {"eclairage_intelligent"}),
    ("Suivi des consommations d'énergie par un logiciel", None, {"energie_batiment"}),
    ("Pont hertzien entre la mairie et les ateliers", None, {"connectivite"}),
    ("Maquette numérique du centre ancien", None, {"donnees_plateformes"}),
    ("Dématérialisation du PLU", None, {"donnees_plateformes"}),
    ("Trois PC et une imprimante pour le bureau d'accueil", None, {"services_numeriques"}),
    ("Pare-feu du réseau de la mairie", None, {"services_numeriques"}),
    ("Ouverture d'une piste pare-feu en forêt", None, set()),
    ("Salle transformée en espace citoyen", None, set()),
    ("Site internet des commerces du bourg", None, {"commerce_numerique"}),
    ("Quartier de la gare et centre-ville connectés par une passerelle", None, set()),
    ("Pass numérique pour les demandeurs d'emploi", None, {"inclusion_tiers_lieux"}),
    ("E-tourisme dans la vallée", None, {"culture_tourisme_numerique"}),
    ("Objets connectés pour le maintien à domicile des personnes âgées", None, {"sante_connectee"}),
    ("Télé-alerte et limnimètre sur le torrent", None, {"environnement_connecte"}),
    ("Plafond de la salle informatique de l'école", EDUCATION, set()),
    ("Tirage de la fibre optique vers la salle des fêtes", None, {"connectivite"}),
    ("Enfouissement des lignes de téléphone du hameau", None, set()),
    ("Mise en esthétique des réseaux, rue Neuve", None, set()),
    ("Enfouissement des réseaux et pose de fourreaux pour la fibre", None, {"connectivite"}),
    ("Achat du terrain pour une antenne de téléphonie mobile", None, {"connectivite"}),
    ("Pylône du téléski des Combes", None, set()),
    ("Nouveau standard téléphonique de la mairie", None, {"connectivite"}),
    ("Wifi dans les classes de l'école Pasteur", EDUCATION, {"connectivite", "education_numerique"}),
    ("Isolation en fibre de bois de la mairie", None, set()),
    ("Construction d'une médiathèque", None, set()),
    ("Modernisation de la mairie", None, set()),
    ("Reprise des façades, peinture et caméras de vidéoprotection", None, {"securite_numerique"}),
    ("Numérisation du PLUi", None, {"donnees_plateformes"}),
    ("Logiciel de cartographie et système d'information géographique", None, {"donnees_plateformes"}),
    ("Plaques de rue et numéros des maisons", None, set()),
    ("Observatoire du commerce", None, set()),
    ("Candélabres avec détecteurs de présence chemin du Lavoir", None, {"eclairage_intelligent"}),
    ("Horloge astronomique pour l'éclairage de la place", None, {"eclairage_intelligent"}),
    ("Éclairage public : passage en LED, programme 2019", None, set()),
    ("Restauration de l'horloge de l'église", None, set()),
    ("Abaissement du plafond de la salle des fêtes", None, set()),
    ("Abaissement du trottoir devant la poste", None, set()),
    ("Station de recharge pour voitures électriques", None, {"mobilite_intelligente"}),
    ("Achat d'une camionnette électrique", None, set()),
    ("Vélos à assistance électrique pour les agents", None, set()),
    ("Création d'une aire de covoiturage", None, set()),
    ("Application mobile de covoiturage", None, {"mobilite_intelligente"}),
    ("Radar pédagogique route de Lyon", None, set()),
    ("Borne escamotable électrique place du Château", None, set()),
    ("Navette électrique du centre-ville", None, set()),
    ("Navette autonome entre la gare et l'hôpital", None, {"mobilite_intelligente"}),
    ("Remplacement des horodateurs", None, set()),
    ("Smart parking de la gare", None, {"mobilite_intelligente"}),
    ("Rechargement du chemin de la Fontaine en graviers", None, set()),
    ("Amélioration des conditions de circulation dans le bourg", None, set()),
    ("GTB du centre aquatique", None, {"energie_batiment"}),
    ("Domotique dans la salle communale", None, {"energie_batiment"}),
    ("Chaudière et régulation du chauffage de l'école", None, set()),
    ("Télésurveillance du forage et du réservoir", None, {"environnement_connecte"}),
    ("Compteurs d'eau des particuliers", None, set()),
    ("Vannage automatisé du moulin", None, {"environnement_connecte"}),
    ("Arrosage automatique du terrain de rugby", None, set()),
    ("Alerte de crue sur la rivière", None, {"environnement_connecte"}),
    ("Bacs pucés pour la redevance incitative", None, {"environnement_connecte"}),
    ("Télétransmission des niveaux du réservoir d'eau potable", None, {"environnement_connecte"}),
    ("Interconnexion des réseaux d'eau potable", None, set()),
    ("Vidéosurveillance de la déchèterie", None, {"securite_numerique"}),
    ("Caméra d'inspection des canalisations", None, set()),
    ("Alarme incendie du gymnase", None, set()),
    ("Alarme anti-intrusion et PPMS de l'école", EDUCATION, set()),
    ("Sirène d'alerte", None, set()),
    ("Alerte des habitants par SMS", None, {"securite_numerique"}),
    ("Visiophone de la crèche", None, {"securite_numerique"}),
    ("Contrôle d'accès par badge électronique du stade", None, {"securite_numerique"}),
    ("Télétransmission des actes au contrôle de légalité", None, {"services_numeriques"}),
    ("Raccordement à l'application @ctes", None, {"services_numeriques"}),
    ("Photocopieur et imprimante du secrétariat", None, set()),
    ("Matériel de bureau", None, set()),
    ("Panneau d'affichage en bois", None, set()),
    ("Panneau des scores du gymnase", None, set()),
    ("Panneau lumineux d'information municipale", None, {"services_numeriques"}),
    ("Informatisation", EDUCATION, {"education_numerique"}),
    ("Informatisation", "5 - Actions et services publics", {"services_numeriques"}),
    ("Matériel informatique", "Éducation", {"education_numerique"}),
    ("Nouvelles technologies", "5 - Actions et services publics", {"services_numeriques"}),
    ("Rénovation de bâtiments communaux dans le cadre de smart village", None, set()),
    ("Maison France services", None, set()),
    ("Ordinateurs de la maison France services", None, {"services_numeriques"}),
    ("Place de marché en ligne des commerces", None, {"commerce_numerique"}),
    ("Réfection de la place du marché", None, set()),
    ("Espace de coworking du bourg", None, {"inclusion_tiers_lieux"}),
    ("Fablab", None, {"inclusion_tiers_lieux"}),
    ("Aménagement d'un tiers-lieu", None, {"inclusion_tiers_lieux"}),
    ("Réfection de la toiture de l'espace numérique", None, set()),
    ("Ateliers d'aide aux démarches numériques", None, {"inclusion_tiers_lieux"}),
    ("Espace numérique pour les démarches administratives", None, {"inclusion_tiers_lieux", "services_numeriques"}),
    ("Tableau blanc interactif", EDUCATION, {"education_numerique"}),
    ("Deux TNI et une classe mobile", None, {"education_numerique"}),
    ("Dédoublement de deux classes de CE1", EDUCATION, set()),
    ("Dédoublement de classes : ordinateurs et tablettes", EDUCATION, {"education_numerique"}),
    (
        "Ordinateurs pour l'école et pour le secrétariat de la mairie",
        None,
        {"education_numerique", "services_numeriques"},
    ),
    ("Micro-folie", None, {"culture_tourisme_numerique"}),
    ("Scénographie et sonorisation du musée", None, set()),
    ("Signalétique touristique 3D", None, set()),
    ("Borne interactive de l'office de tourisme", None, {"culture_tourisme_numerique", "services_numeriques"}),
    ("Maison de santé et télémédecine", None, {"sante_connectee"}),
    ("Maison de santé pluridisciplinaire", None, set()),
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def _themes(classifier: Classifier, text: str, category: str | None = None) -> set[str]:
    return {score.theme for score in classifier.label([text], [category])[0].themes}


@pytest.mark.parametrize(("text", "category", "wanted"), CASES)
def test_boundary(classifier: Classifier, text: str, category: str | None, wanted: set[str]) -> None:
    assert _themes(classifier, text, category) == wanted


@pytest.mark.parametrize(
    ("theme", "text"), [(theme.id, text) for theme in taxonomy().themes for text in theme.examples]
)
def test_examples_of_the_taxonomy_carry_their_theme(classifier: Classifier, theme: str, text: str) -> None:
    assert theme in _themes(classifier, text)


@pytest.mark.parametrize(
    ("theme", "boundary"), [(theme.id, case) for theme in taxonomy().themes for case in theme.boundaries]
)
def test_boundaries_of_the_taxonomy_hold(classifier: Classifier, theme: str, boundary) -> None:
    assert (theme in _themes(classifier, boundary.text)) == (boundary.verdict != "no")


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("installation de vidéoprotecion", "securite_numerique"),
        ("vidéo-suveillance du parking", "securite_numerique"),
        ("acquisition de matériel infomatique pour la mairie", "services_numeriques"),
        ("tableaux intercatifs de l'école", "education_numerique"),
        ("télégesiton du réservoir", "environnement_connecte"),
        ("espace de coworkng", "inclusion_tiers_lieux"),
    ],
)
def test_one_typing_fault_is_forgiven(classifier: Classifier, typed: str, theme: str) -> None:
    assert theme in _themes(classifier, typed)
