"""What the cautions and refusals of readers are called in the language of the person who reads."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from veikart.engines.proposal import Unreadable
from veikart.intake.council_wording import COUNCIL
from veikart.intake.words import Words

OWN_LANGUAGE = {"disagreement": "nb", "wrong_value": ""}
"""The language of a reader's own words, where it is not English; "" is that of the page."""


def caution_words(code: str) -> Words | None:
    """What `code` means and what to do about it; None for a code that has no words."""
    tables = (REGISTER, STRATEGY, REPLIES, COUNCIL, FILES, FIGURES)
    return next((table[code] for table in tables if code in table), None)


def detail_language(code: str) -> str:
    """The language in which the reader itself tells of `code`; "" is that of the page."""
    return OWN_LANGUAGE.get(code, "en")


def refusal_sentences(refusal: Unreadable) -> list[str]:
    """Why a file cannot be read: in the active language first, then in the reader's own words."""
    words = caution_words(refusal.code)
    said = [f"{words.headline} {words.remedy}"] if words else []
    language = detail_language(refusal.code)
    detail = format_html('<span lang="{}">{}</span>', language, refusal.message)
    return [*said, detail if language else refusal.message]


REGISTER = {
    "ids_rounded": Words(
        _("Many of the long Leveranse-IDs end in 00, as if their last digits were lost."),
        _("Compare some of them with the register. If they differ, export it with the ID as text."),
    ),
    "no_rows": Words(
        _("The register has its columns, but no rows."),
        _("Export it again without a filter, if there ought to be rows."),
    ),
    "cells_beyond": Words(
        _("The row has filled cells to the right of the last column; they were not read."),
        _("Look if the cells of this row have moved to the right."),
    ),
    "formula_in_cell": Words(
        _("A cell begins like a formula; it is kept as text, and nothing is calculated."),
        _("Write what the cell should say, if it was not meant as text."),
    ),
    "id_mangled": Words(
        _("The Leveranse-ID was turned into a number and lost its last digits; "
          "the row is left out."),
        _("Format the column Leveranse-ID as text, or export the register again."),
    ),
    "id_missing": Words(
        _("The row has no Leveranse-ID that can be read; it is left out."),
        _("Give the row its Leveranse-ID in the register, and export it again."),
    ),
    "name_missing": Words(
        _("The deliverable has no name; the row is left out."),
        _("Give it a name in the register, and export it again."),
    ),
    "id_repeated": Words(
        _("The Leveranse-ID stands in another row already; this row is left out."),
        _("Give one of the two its own Leveranse-ID in the register, and export it again."),
    ),
    "delmal_missing": Words(
        _("The row names no delmål."),
        _("Give it one in the register, or when you accept the row."),
    ),
    "delmal_unknown": Words(
        _("The delmål of the row cannot be recognised; the row is kept without one."),
        _("Write it as in the register's list of delmål, or choose it when you accept the row."),
    ),
    "titles_differ": Words(
        _("The same delmål or grouping has two titles; the first of them is kept."),
        _("Give it one title in the register."),
    ),
    "grouping_missing": Words(
        _("The row names no grouping."),
        _("Give it one in the register, or when you accept the row."),
    ),
    "certainty_unknown": Words(
        _("The status is neither “Planlagt” nor “Tentativ”; the period is taken as tentative."),
        _("Set the status in the register, or in the tables afterwards."),
    ),
    "phase_missing": Words(
        _("The row names no phase."),
        _("Give it one in the register, or in the tables afterwards."),
    ),
    "phase_unknown": Words(
        _("The row names a phase that is not one of the five; it is kept as text only."),
        _("Choose a phase in the register, or in the tables afterwards."),
    ),
    "phases_swapped": Words(
        _("The phases of the row come in the wrong order; the whole span is kept."),
        _("Look if the row means another phase."),
    ),
    "date_unreadable": Words(
        _("A date cannot be read; it is left blank."),
        _("Write it as 01.07.2026, “mars 2026”, “2. kvartal 2026”, “1. halvår 2026” or “2027”."),
    ),
    "start_missing": Words(
        _("The row has no start date."),
        _("Nothing to do if none is set yet; otherwise give it in the register."),
    ),
    "end_before_start": Words(
        _("The end comes before the start; both are kept."),
        _("Look up which of the two is right, and correct the other in the register."),
    ),
    "disagreement": Words(
        _("Two official sources say different things."),
        _("Read what each of them says, and decide what the plan is to say."),
    ),
}  # fmt: skip

STRATEGY = {
    "goals_missing": Words(
        _("No strategic goals were found in the document."),
        _("Give each a heading such as “Mål 1: Title”, or enter the goals by hand."),
    ),
    "goal_number_repeated": Words(
        _("Two goals have the same number; only the first is kept."),
        _("Give one of them another number in the document, and take it in again."),
    ),
    "goal_titles_differ": Words(
        _("The goal has two titles; the one that stands by its statements is kept."),
        _("Look up which title was approved."),
    ),
    "statements_missing": Words(
        _("No list of what is to be achieved was found under the goal."),
        _("Enter the statements by hand, or give the list its heading in the document."),
    ),
    "goal_kind_missing": Words(
        _("No sentence says if the goal is of direct benefit or makes others possible."),
        _("Choose its kind in the tables afterwards."),
    ),
    "sdgs_missing": Words(
        _("No section on the UN sustainable development goals was found."),
        _("Enter them by hand, if the strategy names any."),
    ),
    "sdg_unrecognised": Words(
        _("A paragraph does not say which UN sustainable development goal it is on."),
        _("Enter the goal by hand, if it is on one."),
    ),
    "sdg_inferred": Words(
        _("The number of the UN sustainable development goal was told from the words."),
        _("Compare with the icon in the printed document."),
    ),
    "vision_missing": Words(
        _("No vision was found in the document."),
        _("Enter it by hand, or put it under the heading “Visjon” in the document."),
    ),
    "vision_differs": Words(
        _("The vision is worded in two ways; the first of them is kept."),
        _("Look up which of the two was approved."),
    ),
    "overarching_goals_missing": Words(
        _("No overarching goals were found in the document."),
        _("Enter them by hand, if the strategy has any."),
    ),
    "target_groups_missing": Words(
        _("No section on target groups was found in the document."),
        _("Enter the target groups by hand."),
    ),
    "footnote_without_place": Words(
        _("A footnote names no document, and no goal refers to it."),
        _("Nothing to do, unless it explains something in the plan; then add it there."),
    ),
}

REPLIES = {
    "no_respondent": Words(
        _("The reply does not say whose it is."),
        _("Write in who replied; the sender of the e-mail or the signature may tell."),
    ),
    "no_choice": Words(
        _("A question has boxes to tick, and none is ticked."),
        _("Read the answer's text, and choose by hand if it tells; else leave it open."),
    ),
    "several_choices": Words(
        _("A question has more than one box ticked; none of them is taken."),
        _("Read the answer's text, or ask the sender, and choose one by hand."),
    ),
    "empty_form": Words(
        _("None of the questions is answered."),
        _("Ask the sender for the form as it was filled in; this may be the empty one."),
    ),
    "other_case": Words(
        _("The form has the case number of another hearing."),
        _("Move it to that hearing, or confirm that it is meant for this one."),
    ),
    "questions_missing": Words(
        _("Not all questions of the hearing are in the form."),
        _("Look if the form was changed or cut off, and set the question of each point by hand."),
    ),
    "waiting_for_recognition": Words(
        _("Scanned pages hold no text; they wait until it can be recognised."),
        _("Install Tesseract with Norwegian, and take the file in again."),
    ),
    "recognised": Words(
        _("The text of scanned pages was recognised by a program, and may have errors."),
        _("Compare the points with the picture of the page before they are confirmed."),
    ),
    "no_date": Words(
        _("The message does not say when it was sent."),
        _("Look in the mailbox when it came, and write that in; the deadline hangs on it."),
    ),
    "attachment_not_read": Words(
        _("An attachment was kept and not read: an older one, a picture or a signature."),
        _("Look at it if the reply may be in it, and take in the document it was made from."),
    ),
    "is_reply": Words(
        _("The file is a reply to a hearing."),
        _("Take it in with the replies of its hearing."),
    ),
    "is_mail": Words(
        _("The file is an e-mail, which may hold several documents."),
        _("Take it in with the replies of its hearing, or save its attachments and take in each."),
    ),
    "not_mail": Words(
        _("The file is neither an e-mail nor a mailbox."),
        _("Save the message from the mail program as .eml, and take that in."),
    ),
    "broken_mail": Words(
        _("The e-mail is damaged and cannot be taken apart."),
        _("Open it in the mail program, save its text and attachments, and take those in."),
    ),
    "too_many_messages": Words(
        _("The mailbox has too many messages."),
        _("Move those of the hearing to a folder of their own, and take that in."),
    ),
    "too_many_parts": Words(
        _("A message has too many attachments."),
        _("Save those that belong to the reply, and take them in by themselves."),
    ),
    "mail_within_mail": Words(
        _("A message lies too deep within other messages."),
        _("Save it from the mail program by itself, and take that in."),
    ),
}  # fmt: skip

FILES = {
    "other_sheets": Words(
        _("Only one sheet of the workbook was read."),
        _("If other sheets hold rows of the register, take in each as its own file."),
    ),
    "not_utf8": Words(
        _("The text is not in UTF-8, so some letters may have been read wrongly."),
        _("Look at the letters æ, ø and å. If any is wrong, save the file again as UTF-8."),
    ),
    "letters_lost": Words(
        _("Some letters could not be read."),
        _("Export the register again as “CSV UTF-8”."),
    ),
    "columns_not_read": Words(
        _("Some columns are not the register's, and were not read."),
        _("Nothing to do, unless one of them belongs in the plan; then enter it there."),
    ),
    "unknown_kind": Words(
        _("The file is neither the roadmap register nor a strategy document."),
        _("Look if it is the right file."),
    ),
    "other_format": Words(
        _("The file is of a format that cannot be read."),
        _("Open it in the program that made it, save it as DOCX or PDF, and take that in."),
    ),
    "empty": Words(
        _("The file is empty."),
        _("Export or save it again, and look at it before you take it in."),
    ),
    "too_large": Words(
        _("The file is too large."),
        _("Take away pictures or sheets that are not needed, or take it in in parts."),
    ),
    "encrypted": Words(
        _("The file has a password, or is of an old kind that cannot be read."),
        _("Save it without a password as XLSX, DOCX or PDF, and take it in again."),
    ),
    "broken_file": Words(
        _("The file is damaged and cannot be opened."),
        _("Open it in the program that made it, save it anew, and take it in again."),
    ),
    "took_too_long": Words(
        _("The file took too long to read."),
        _("Print it to a new PDF and take that in, or take it in in parts."),
    ),
    "too_much_memory": Words(
        _("The file needs more memory to be read than it may have."),
        _("Take away pictures and attached files, and take it in again or in parts."),
    ),
    "reader_stopped": Words(
        _("Something in the file stopped its reader."),
        _("Open it with care, print it to a new PDF, and take that in."),
    ),
    "zip_bomb": Words(
        _("The file becomes too large when it is unpacked."),
        _("Save only the sheet or the text that is needed as a new file, and take that in."),
    ),
    "entities": Words(
        _("The file holds declarations that can be dangerous, so it was not read."),
        _("Open it in the program that made it, save it anew, and take it in again."),
    ),
    "not_text": Words(
        _("The file does not hold text."),
        _("Export the document again as CSV, XLSX, TXT, DOCX or PDF."),
    ),
    "no_text": Words(
        _("The document holds no text that can be read."),
        _("Take in the document that has the text; pictures of text cannot be read."),
    ),
    "too_long": Words(
        _("The document holds too much text."),
        _("Take in only the part that belongs in the plan."),
    ),
    "too_many_pages": Words(
        _("The document has too many pages."),
        _("Take in the part of it that holds the strategy."),
    ),
    "too_many_rows": Words(
        _("The file has too many rows."),
        _("Take away the empty rows at its end, or take it in in parts."),
    ),
    "too_wide": Words(
        _("The file has too many columns, or lines that are too long."),
        _("Keep only the register's columns, and take the file in again."),
    ),
    "cell_too_long": Words(
        _("A cell holds too much text."),
        _("Look for a quotation mark that is not closed, or shorten the cell."),
    ),
    "unclosed_quote": Words(
        _("A quotation mark is not closed, so the rows cannot be told apart."),
        _("Export the register again, or correct that line."),
    ),
    "wrong_columns": Words(
        _("Columns of the roadmap register are missing."),
        _("Export the register again with all its columns."),
    ),
    "column_repeated": Words(
        _("The same column is there more than once."),
        _("Take one of them away, and take the file in again."),
    ),
    "not_notes": Words(
        _("The file cannot be read as notes on a disagreement."),
        _("Correct the place that is named, and take the file in again."),
    ),
    "not_a_proposal": Words(
        _("The file cannot be read as a proposal."),
        _("Correct the file, or take in the original."),
    ),
    "much_is_gone": Words(
        _("The file lacks more of the plan than it holds."),
        _("If it is only a part, reject what is gone, and take in the whole."),
    ),
    "delmal_unknown": Words(
        _("The file names a delmål that the working plan does not have."),
        _(
            "If the code is wrong, reject the row, correct the file and take it in again. "
            "If the delmål is new, accept it before what stands under it."
        ),
    ),
    "unknown_object": Words(
        _("The file names a kind of object that the plan does not have."),
        _("Correct the kind in the file, and take it in again."),
    ),
    "unknown_field": Words(
        _("The file names a field that the plan does not have."),
        _("Correct the name of the field, or leave it out."),
    ),
    "wrong_value": Words(
        _("The file holds a value that the plan cannot have."),
        _("Correct it in the file, and take it in again."),
    ),
}

FIGURES = {
    "not_json": Words(
        _("The file is called JSON, and is none."),
        _("Fetch the table from the service once more."),
    ),
    "no_dataset": Words(
        _("The JSON file holds no table of statistics."),
        _("Ask the service for JSON-stat 2.0, and take that file in."),
    ),
    "not_sdmx": Words(
        _("The file begins as SDMX-CSV, and lacks a column that it must have."),
        _("Export it again as SDMX-CSV, or as a plain CSV file."),
    ),
    "deletes": Words(
        _("The SDMX file asks for rows to be deleted, and nothing that was taken in is deleted."),
        _("Take in a file with what holds, or withdraw the data set that does not."),
    ),
    "another_schema": Words(
        _("The Parquet file has columns of other kinds than expected."),
        _("Take in the file that it was made from."),
    ),
}
"""What is special about files of figures; the rest is said of all files."""
