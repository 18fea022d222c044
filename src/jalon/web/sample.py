"""A fictional answer in the manner of a ministry, for those who want to try before they paste."""

SAMPLE = """\
Question écrite n° 1 de l’exemple. Réponse publiée le 24 février 2020.

L’attention du ministre est appelée sur la place du numérique dans la redynamisation des centres-villes.

Lancé en 2018, le programme Action Cœur de Ville bénéficie à 234 communes, dans toutes les régions. \
Au 31 décembre 2018, plus de 200 conventions-cadres Action Cœur de Ville étaient signées avec l’État et les trois \
partenaires financeurs nationaux : la Banque des Territoires, l’Anah et Action Logement. À ce jour, les 222 villes \
Action Cœur de Ville ont toutes signé leur convention-cadre.

Les conventions-cadres comportent plus de 4 000 actions que les communes s’engagent à conduire.

La Caisse des Dépôts, par la Banque des Territoires, consacre 60 millions d’euros à l’ingénierie de l’innovation \
des villes Action Cœur de Ville.

L’appel Territoires d’innovation est doté de 450 millions d’euros sur dix ans, au bénéfice de 24 lauréats.

Enfin, dans le cadre du plan France très haut débit, plus de 4 millions de lignes FTTH ont été déployées en 2019, un \
record qui rapproche de l’objectif de 80 % de Français éligibles à la fibre optique en 2022. Trente-deux cabinets de \
conseil accompagnent cette démarche.
"""
