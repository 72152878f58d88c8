"""Who may vote in a round of prioritising, and what they have voted so far.

The round itself, and its votes once they are counted, are in the hearing's log. Until then a vote
lies here, since its voter may change it. No page of the desk and no administration shows it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voter(models.Model):
    """Somebody who may vote in one round, by a private link of which only the token's SHA-256 is kept.

    There is one row for each voter, and so one vote. `asked` are the pairs that this voter is asked
    about, drawn by chance. `ballot` is what was voted: points by uid, uids in order, or a choice for each pair
    in `asked` (`first`, `second`, `equal` or None); NULL while nothing is. When the votes are counted or the
    round is given up, both are emptied.
    """

    hearing = models.ForeignKey(
        "consultations.Hearing",
        models.PROTECT,
        related_name="voters",
        verbose_name=_("hearing"),
    )
    round = models.CharField(_("address of the round"), max_length=200)
    no = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    token_hash = models.CharField(_("hash of the link’s token"), max_length=64, unique=True)
    asked = models.JSONField(_("the pairs that are asked about"), default=list, blank=True)
    ballot = models.JSONField(_("what was voted"), null=True, blank=True)

    class Meta:
        app_label = "consultations"
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        ordering = ["round", "no"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "no"],
                name="voter_number_once_in_round",
                violation_error_message=_("Somebody else was quicker. Try again."),
            ),
            models.UniqueConstraint(
                fields=["round", "name"],
                name="voter_once_in_round",
                violation_error_message=_("This voter is named already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
