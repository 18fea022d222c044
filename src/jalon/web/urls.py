"""Addresses of the site, in French; what they show comes from the published edition."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from jalon.web import assets, errors, openid
from jalon.web.views import (
    account,
    accounts,
    action,
    actions,
    desk,
    figures,
    home,
    invitations,
    own,
    proposals,
    review_links,
    review_themes,
    robots,
    sources,
    territories,
    territory,
    verify,
)

urlpatterns = [
    path("", home.root, name="root"),
    path("programmes/<slug:programme>/", home.programme, name="programme"),
    path("programmes/<slug:programme>/territoires/", territories.territories, name="territories"),
    path("territoires/<str:slug>/", territory.territory, name="territory"),
    path("actions/", actions.search, name="actions"),
    path("actions/<str:action_id>", action.detail, name="action"),
    path("chiffres/", figures.ledger, name="figures"),
    path("chiffres/<str:name>", figures.figure, name="figure"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:source_id>/", sources.source, name="source"),
    path("verifier/", verify.verify, name="verify"),
    path("methode/", sources.method, name="method"),
    path("edition/", sources.edition, name="edition"),
    path("edition/<str:edition_id>/<str:name>", sources.download, name="download"),
    path("api/v1/", include("jalon.web.api.urls")),
    path("", include("jalon.web.charts.urls")),
    path("assets/<str:version>/<str:name>", assets.asset, name="asset"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("favicon.ico", RedirectView.as_view(url=static("jalon/jalon.svg"))),
    path("compte/connexion/", account.sign_in, name="sign-in"),
    path("compte/deconnexion/", account.sign_out, name="sign-out"),
    path("compte/entrer/", account.enter, name="enter"),
    path("compte/", own.own, name="own"),
    path("compte/second-facteur/", own.second_factor, name="second-factor"),
    path("compte/sessions/<int:pk>/fermer", own.end_session, name="end-session"),
    path("compte/jetons/<int:pk>/revoquer", own.revoke_token, name="revoke-token"),
    path("compte/invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("compte/openid/", openid.Start.as_view(), name="oidc-start"),
    path("compte/openid/retour/", openid.Back.as_view(), name="oidc-back"),
    path("espace/", desk.desk, name="desk"),
    path("espace/comptes/", accounts.accounts, name="accounts"),
    path("espace/comptes/<int:pk>/", accounts.one, name="person"),
    path("espace/comptes/<int:pk>/fermer", accounts.activate, name="activate"),
    path("espace/comptes/mandats/<int:pk>/terminer", accounts.end_mandate, name="end-mandate"),
    path("espace/comptes/invitations/<int:pk>/retirer", accounts.withdraw_invitation, name="withdraw-invitation"),
    path("espace/journal/", accounts.log, name="log"),
    path("espace/propositions/", proposals.listing, name="proposals"),
    path("espace/propositions/<int:pk>/trancher", proposals.decide, name="decide-proposal"),
    path("espace/proposer/<slug:subject>/<str:subject_id>/", proposals.propose, name="propose"),
    path("", include("jalon.web.reading.urls")),
    path("espace/revue/themes/", review_themes.queue, name="review-themes"),
    path("espace/revue/themes/seconde/", review_themes.second, name="review-second"),
    path("espace/revue/themes/accord/", review_themes.agreement, name="review-agreement"),
    path("espace/revue/themes/action/<str:action_id>", review_themes.one, name="review-action"),
    path("espace/revue/themes/decider", review_themes.decide, name="review-themes-decide"),
    path("espace/revue/themes/annuler", review_themes.undo, name="review-undo"),
    path("espace/revue/liens/", review_links.listing, name="review-links"),
    path("espace/revue/liens/decider", review_links.decide, name="review-links-decide"),
    path("espace/revue/liens/chercher", review_links.search, name="review-links-search"),
    path("admin/login/", account.sign_in),
    path("admin/", admin.site.urls),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
