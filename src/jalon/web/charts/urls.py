"""Addresses of charts; `path("", include("jalon.web.charts.urls"))` in the site's."""

from django.urls import re_path

from jalon.web.charts import views

app_name = "charts"
urlpatterns = [
    re_path(r"^graphiques/vega\.(?P<digest>[0-9a-f]{12})\.js$", views.vega, name="vega"),
    re_path(r"^graphiques/(?P<name>[a-z-]{1,40})\.(?P<suffix>svg|png|json|csv)$", views.chart, name="chart"),
]
