"""Addresses of deposits, readings, their review, and trials."""

from django.urls import path

from jalon.web.views import document, reading, readings, review, trial

urlpatterns = [
    path("documents/<str:sha256>/", document.document, name="document"),
    path("documents/<str:sha256>/pages/<int:number>.webp", document.picture, name="document-picture"),
    path("documents/<str:sha256>/pages/<int:number>.small.webp", document.picture, {"small": True}),
    path("documents/<str:sha256>/original", document.original, name="document-original"),
    path("espace/lectures/", readings.readings, name="readings"),
    path("espace/lectures/relire/<str:token>", readings.again, name="readings-again"),
    path("espace/lectures/publier", readings.publish, name="readings-publish"),
    path("espace/lectures/a-revoir", review.review, name="review"),
    path("espace/lectures/a-revoir/decider", review.decide, name="review-decide"),
    path("espace/lectures/a-revoir/reprendre", review.reopen, name="review-reopen"),
    path("espace/lectures/a-revoir/rattacher", review.attach, name="review-attach"),
    path("espace/lectures/<str:sha256>/", reading.reading, name="reading"),
    path("espace/lectures/<str:sha256>/pages/<int:number>.webp", reading.picture, name="reading-picture"),
    path("espace/lectures/<str:sha256>/pages/<int:number>.small.webp", reading.picture, {"small": True}),
    path("espace/lectures/<str:sha256>/original", reading.original, name="reading-original"),
    path("espace/lectures/<str:sha256>/corriger", reading.correct, name="reading-correct"),
    path("essayer/lecture/", trial.trial, name="trial"),
    path("essayer/lecture/<str:token>/", trial.reading, name="trial-reading"),
    path("essayer/lecture/<str:token>/etat", trial.state, name="trial-state"),
    path("essayer/lecture/<str:token>/pages/<int:number>.webp", trial.picture, name="trial-picture"),
    path("essayer/lecture/<str:token>/pages/<int:number>.small.webp", trial.picture, {"small": True}),
    path("essayer/lecture/<str:token>/original", trial.original, name="trial-original"),
    path("essayer/lecture/<str:token>/effacer", trial.forget, name="trial-forget"),
]
