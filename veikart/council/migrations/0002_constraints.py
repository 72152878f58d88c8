from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("council", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('body', 'number'), name='case_number_once_in_body', violation_error_message='Another case of the body has this number.'),
        ),
        migrations.AddConstraint(
            model_name='casequestion',
            constraint=models.UniqueConstraint(fields=('case', 'no'), name='case_question_number_once'),
        ),
        migrations.AddConstraint(
            model_name='dissent',
            constraint=models.UniqueConstraint(fields=('decision', 'no'), name='dissent_number_once'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('decision', 'no'), name='effect_number_once'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('uid__isnull', False)), models.Q(('edition__isnull', False), ('uid', None)), models.Q(('edition', None), ('note__isnull', False), ('uid', None)), _connector='OR'), name='effect_is_on_something', violation_error_message='Give an address in the plan, or an edition, or at least a note.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('body', 'year', 'number'), name='meeting_number_once_a_year', violation_error_message='Another meeting of the body has this number.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('starts_at', None), ('starts_at__regex', '^([01][0-9]|2[0-3]):[0-5][0-9]$'), _connector='OR'), models.Q(('ends_at', None), ('ends_at__regex', '^([01][0-9]|2[0-3]):[0-5][0-9]$'), _connector='OR')), name='meeting_times_are_times', violation_error_message='Give times such as 10:30.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), ('answer__isnull', False), _connector='OR'), name='follow_up_answered_when_settled', violation_error_message='Say what became of it.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('votes_against', None), ('votes_blank', None), ('votes_for', None)), models.Q(('votes_against__isnull', False), ('votes_for__isnull', False)), _connector='OR'), name='decision_votes_are_whole', violation_error_message='Give the votes for and against, or none.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'no'), name='attendance_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'no'), name='agenda_item_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('kind', 'case')), models.Q(models.Q(('kind', 'case'), _negated=True), ('case', None), ('title__isnull', False)), _connector='OR'), name='agenda_item_is_a_case_or_has_a_title', violation_error_message='A line is a case, or has a title.'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', False), ('sha256__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at', None), ('approved_on', None), ('sha256', None)), _connector='OR'), name='minutes_approval_is_whole', violation_error_message='Approved minutes have a day and a fingerprint.'),
        ),
        migrations.AddConstraint(
            model_name='notesection',
            constraint=models.UniqueConstraint(fields=('case', 'no'), name='note_section_number_once'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access', 'withheld'), ('basis__isnull', False)), models.Q(models.Q(('access', 'withheld'), _negated=True), ('basis', None)), _connector='OR'), name='paper_withheld_on_a_basis', violation_error_message='Give the legal basis of what is withheld, and only then.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access', 'from_day'), _negated=True), ('public_from__isnull', False), _connector='OR'), name='paper_public_from_a_day', violation_error_message='Give the day from which the paper is public.'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('from_day', None), ('until_day', None), ('until_day__gt', models.F('from_day')), _connector='OR'), name='seat_ends_after_it_begins', violation_error_message='A seat must end after the day it began. Correct one of the two days.'),
        ),
        migrations.AddConstraint(
            model_name='workphase',
            constraint=models.UniqueConstraint(fields=('plan', 'no'), name='work_phase_number_once'),
        ),
        migrations.AddConstraint(
            model_name='workdate',
            constraint=models.UniqueConstraint(fields=('plan', 'no'), name='work_date_number_once'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.UniqueConstraint(fields=('plan', 'no'), name='checkpoint_number_once'),
        ),
        migrations.AddConstraint(
            model_name='workstream',
            constraint=models.UniqueConstraint(fields=('plan', 'no'), name='work_stream_number_once'),
        ),
    ]
