"""Addresses of the funder's desk."""

from django.urls import path

from jalon.web.money import desk, envelope, followup

urlpatterns = [
    path("", desk.desk, name="money"),
    path("ouvrir", desk.open_, name="open-envelope"),
    path("enveloppes.<str:suffix>", desk.export, name="export-envelopes"),
    path("<str:key>/", envelope.envelope, name="envelope"),
    path("<str:key>/decider", envelope.decide, name="decide-commitment"),
    path("<str:key>/annuler", envelope.undo, name="undo-entry"),
    path("<str:key>/doter", envelope.fund, name="fund-envelope"),
    path("<str:key>/importer", followup.bring, name="import-followup"),
    path("<str:key>/importer/<int:pk>/annuler", followup.undo, name="undo-import"),
    path("<str:key>/engagements.<str:suffix>", envelope.export, name="export-commitments"),
]
