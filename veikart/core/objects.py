"""What the tables of the plan's objects have in common: a permanent uid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanObject(models.Model):
    """Something with a permanent uid, which is also its address. A uid is never changed or reused."""

    uid = models.CharField(_("address"), primary_key=True, max_length=200)

    class Meta:
        abstract = True
