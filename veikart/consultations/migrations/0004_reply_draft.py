"""Replies that are still being written on the web, and the files attached to them."""

import django.db.models.deletion
import veikart.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_kept_message"),
        ("documents", "0002_editors_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="hash of the link’s token"
                    ),
                ),
                (
                    "content",
                    models.JSONField(blank=True, default=dict, verbose_name="what was typed"),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("started_at", models.DateTimeField(verbose_name="begun at")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                (
                    "sent_hash",
                    veikart.core.fields.OptionalCharField(
                        blank=True, max_length=64, null=True, verbose_name="hash of what was sent"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="consultations.hearing",
                        verbose_name="hearing",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.reply",
                        verbose_name="reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a reply",
                "verbose_name_plural": "drafts of replies",
                "ordering": ["started_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("size", models.BigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField(null=True, verbose_name="content")),
                (
                    "trouble",
                    veikart.core.fields.OptionalCharField(
                        blank=True, max_length=40, null=True, verbose_name="why it was not read"
                    ),
                ),
                (
                    "problem",
                    veikart.core.fields.OptionalTextField(
                        blank=True, null=True, verbose_name="what the reader says"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="attached at")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="consultations.replydraft",
                        verbose_name="draft of a reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a draft",
                "verbose_name_plural": "files of drafts",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="replydraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("content", {}), _connector="OR"),
                name="reply_draft_ended_is_empty",
                violation_error_message="Nothing is kept of a draft that is ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftfile",
            constraint=models.UniqueConstraint(
                fields=("draft", "name", "sha256"),
                name="draft_file_once",
                violation_error_message="This file is attached already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content", None), ("document__isnull", False)),
                    models.Q(("content__isnull", False), ("document", None)),
                    _connector="OR",
                ),
                name="draft_file_lies_in_one_place",
                violation_error_message="A file lies in the draft or among the documents.",
            ),
        ),
    ]
