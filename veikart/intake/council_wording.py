"""What the cautions of readers of agendas, minutes and slides are called, and what to do."""

from django.utils.translation import gettext_lazy as _

from veikart.intake.words import Words

COUNCIL = {
    "body_unknown": Words(
        _("The plan has no body of this name; it is proposed as a new one."),
        _(
            "If it is known by another name, write this one among its earlier names, and read the file again."
        ),
    ),
    "number_of_another": Words(
        _("A case has the number of another case in the plan."),
        _("Ask the secretariat which number is right, and write it in."),
    ),
    "worded_otherwise": Words(
        _("An earlier decision is worded otherwise in the plan, which stays as it is."),
        _("Compare the two with the minutes of its meeting."),
    ),
    "edition_unknown": Words(
        _("A decision is on an edition that there is none of."),
        _("Freeze that edition first, or reject the decision and enter it by hand."),
    ),
    "year_inferred": Words(
        _(
            "The slides do not say of which year the evaluation is; the first year of their work plan is taken."
        ),
        _("If it is of another year, reject its rows, and enter it at the desk."),
    ),
    "no_body": Words(
        _("The document does not say which body meets."),
        _("Say which body it is."),
    ),
    "no_meeting_day": Words(
        _("The document does not say on which day the meeting is."),
        _("Write it in from the summons."),
    ),
    "date_impossible": Words(
        _("A date is one that no calendar has; it is kept as it was said, and no day is set."),
        _("Ask whoever wrote it which day is meant, and write that in."),
    ),
    "no_case_number": Words(
        _("A case has no number."),
        _("Give it the next number of its body before it is put into the register."),
    ),
    "number_twice": Words(
        _("Two cases have the same number; both are kept."),
        _("Ask the secretariat for the right numbers."),
    ),
    "no_title": Words(
        _("A case has a number and no title."),
        _("Write the title in."),
    ),
    "type_unknown": Words(
        _("A case is of a type that is not known; the word is kept."),
        _("Choose the type that is meant."),
    ),
    "no_type": Words(
        _("A case does not say of which type it is."),
        _("Choose one; the wording of the proposed decision may tell."),
    ),
    "no_organisation": Words(
        _("Somebody is named without an organisation."),
        _("Write in whom the person comes from, or strike the row if it is no person."),
    ),
    "seats_not_parted": Words(
        _("A list of people has lost its columns: names and organisations cannot be told apart."),
        _("Take in the document that it was made from, as DOCX or PDF, or write the seats in."),
    ),
    "presence_unknown": Words(
        _("Of somebody, the document does not say clearly whether they were there."),
        _("Say whether the person took part."),
    ),
    "attachment_twice": Words(
        _("Two attachments of a case have the same label."),
        _("Compare the titles, and give one of them a label of its own."),
    ),
    "proposals_differ": Words(
        _("The agenda and the note propose different decisions."),
        _("Ask the secretariat which one is meant, and strike the other."),
    ),
    "note_without_case": Words(
        _("A note belongs to none of the cases."),
        _("Say which case it is for."),
    ),
    "no_wording": Words(
        _("An earlier decision has no wording."),
        _("Look it up in the minutes of its meeting."),
    ),
    "not_placed": Words(
        _("Some lines belong to no case and no note."),
        _("Read them in the file; what matters can be written in by hand."),
    ),
    "no_decision": Words(
        _("The minutes do not say what was decided in a case."),
        _("Read what they say of it; if something was decided, write it in."),
    ),
    "nobody_responsible": Words(
        _("Nobody is named for something that is to be done."),
        _("Write in who is to do it; without a name it comes back on no list."),
    ),
    "no_due_day": Words(
        _("No day is set for something that is to be done."),
        _("Write in the day it is due, or confirm that it has none."),
    ),
    "comments_missing": Words(
        _("Not every area has a comment of its own."),
        _("Compare the areas with the slides before they are confirmed."),
    ),
    "status_not_written": Words(
        _("The status of the areas is drawn and not written."),
        _("Read it off the slides, and write in each rating with who gave it."),
    ),
    "rating_unpaired": Words(
        _("A rating stands by itself: the text does not tell which question it answers."),
        _("Look at the slide, and choose the question; until then it belongs to none."),
    ),
    "phases_drawn": Words(
        _("The phases are drawn as bars, and their quarters are not written."),
        _("Read the quarters off the slide, and write them in."),
    ),
    "date_unexplained": Words(
        _("The plan has a date, and the text does not say what happens then."),
        _("Look at the slide, or in the minutes of that day, and write in what it is."),
    ),
}
