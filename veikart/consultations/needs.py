"""What came in and needs a person: the sentence for each code, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Need:
    """A sentence that says what is the matter, and one that says what to do; both take the params."""

    says: Any
    remedy: Any


NEEDS: dict[str, Need] = {
    "another_case": Need(
        _("%(name)s is for case %(found)s; this hearing is %(expected)s."),
        _(
            "Move it to the hearing it belongs to, or receive it here by hand if the number is a slip."
        ),
    ),
    "no_case_number": Need(
        _("%(name)s names no case number."),
        _("Read it, and receive it in the hearing it belongs to."),
    ),
    "same_reply": Need(
        _("%(name)s is the same reply as %(reply)s, letter by letter."),
        _("Nothing is lost. Settle this when you have seen it."),
    ),
    "maybe_newer": Need(
        _("%(name)s may be a newer version of %(reply)s: the respondent has the same name."),
        _("Compare the two. Withdraw the older one if this takes its place."),
    ),
    "after_deadline": Need(
        _("%(name)s was received on %(day)s; the last day was %(closes_on)s."),
        _(
            "It is kept and marked. Handle it like the others, or set its points aside with a reason."
        ),
    ),
    "new_version": Need(
        _("%(reply)s has a new version; its earlier points have lapsed."),
        _(
            "Make sure that it is theirs, since the sender of an e-mail can be forged; then handle the "
            "points of the new version."
        ),
    ),
    "sent_before": Need(
        _("%(name)s says that it was sent on %(sent)s; the mail server took it in on %(arrived)s."),
        _("Look whether it came in time, and mark what you decide."),
    ),
    "not_read": Need(
        _("%(name)s could not be read: %(problem)s"),
        _("Open the file. Ask the sender for another one, or receive it by hand."),
    ),
    "waits_for_recognition": Need(
        _("%(name)s is a scan, and no text recognition is installed."),
        _("Install tesseract-ocr and tesseract-ocr-nor, and read the file again."),
    ),
    "no_hearing": Need(
        _("%(name)s is for case %(found)s, which is no hearing here."),
        _("Receive it in the hearing it belongs to, or put that hearing in and take it in again."),
    ),
    "several_hearings": Need(
        _("%(name)s names no case number, and may belong to any of %(hearings)s."),
        _("Read it, and take it in again with the hearing it belongs to."),
    ),
    "hearing_guessed": Need(
        _("%(name)s names no case of ours; it came while only this hearing was open."),
        _("Read it. Withdraw the reply if it is for another hearing or none."),
    ),
    "not_a_reply": Need(
        _("%(name)s can be read, but is no reply to a hearing."),
        _("Open the file. Take it in by itself if the plan is made of it."),
    ),
    "several_documents": Need(
        _("%(name)s carried several documents; %(used)s was read as the reply."),
        _("Look at the others, and receive by hand what is not in it."),
    ),
    "read_with_doubt": Need(
        _("%(name)s was read, but look at it twice: %(problem)s"),
        _("Compare the points with the file before you confirm them."),
    ),
    "attachments_to_read": Need(
        _("%(reply)s came with %(names)s, which is not cut into points."),
        _("Read it, and mark each point in it that was missed."),
    ),
    "read_from_attachment": Need(
        _("%(reply)s answers by %(names)s alone; its points were read from there."),
        _(
            "Compare the points with the file before you confirm them, and read what else came along."
        ),
    ),
    "respondent_objects": Need(
        _("%(reply)s: the respondent says that something was read wrong: “%(said)s”"),
        _("Compare with the original, mend the points, and ask for a confirmation once more."),
    ),
    "about_ours": Need(
        _("%(name)s answers, or returns, our message to %(to)s about %(about)s."),
        _(
            "Read it. If our message could not be delivered, mend the address. If they send a new "
            "version in the text itself, receive it by hand."
        ),
    ),
    "forged_link": Need(
        _("Somebody tried a link to continue a reply that Veikart has not given out."),
        _("Nothing was shown. Settle this when you have seen it."),
    ),
    "too_long": Need(
        _("An answer of %(found)s characters was not taken; the most is %(most)s."),
        _("The respondent was asked to attach a file instead."),
    ),
}

NOT_READ: dict[str, Need] = {
    "encrypted": Need(
        _("The file has a password, or is of an old kind that cannot be read."),
        _("Ask the sender for it without a password, as DOCX or PDF."),
    ),
    "broken_file": Need(
        _("The file is damaged and cannot be opened."),
        _("Ask the sender for it once more."),
    ),
    "empty": Need(_("The file is empty."), _("Ask the sender for it once more.")),
    "other_format": Need(
        _("The file is of a format that cannot be read."),
        _("Ask the sender for it as DOCX or PDF. A program is not to be opened."),
    ),
    "unknown_kind": Need(
        _("The file is no document that can be read."),
        _("Look what it is, and ask the sender for it as DOCX or PDF."),
    ),
    "too_large": Need(
        _("The file is too large."),
        _("Take it in in parts, or ask the sender for it without pictures."),
    ),
    "too_many_pages": Need(
        _("The document has too many pages."), _("Take in the part of it that is the reply.")
    ),
    "too_long": Need(
        _("The document holds too much text."), _("Take in the part of it that is the reply.")
    ),
    "took_too_long": Need(
        _("The file took too long to read."),
        _("Print it to a new PDF and take that in, or take it in in parts."),
    ),
    "too_much_memory": Need(
        _("The file needs more memory to be read than it may have."),
        _("Take away pictures and attached files, and take it in again or in parts."),
    ),
    "reader_stopped": Need(
        _("Something in the file stopped its reader."),
        _("Open it with care, print it to a new PDF, and take that in."),
    ),
    "zip_bomb": Need(
        _("The file becomes too large when it is unpacked."),
        _("Do not unpack it. Ask the sender for the reply alone."),
    ),
    "entities": Need(
        _("The file holds declarations that can be dangerous, so it was not read."),
        _("Ask the sender for it as PDF."),
    ),
    "broken_mail": Need(
        _("The e-mail is damaged and cannot be taken apart."),
        _("Open it in the mail program, save its text and attachments, and take those in."),
    ),
    "mail_within_mail": Need(
        _("The e-mail lies in too many others."),
        _("Save it from the mail program by itself, and take that in."),
    ),
    "too_many_parts": Need(
        _("The e-mail has too many attachments."),
        _("Save those that belong to the reply, and take them in by themselves."),
    ),
    "too_many_messages": Need(
        _("The mailbox holds too many messages."),
        _("Move those of the hearing to a folder of their own, and take that in."),
    ),
    "not_opened": Need(
        _("It is no file, or one that may not be opened."),
        _("Put the file itself there, and let Veikart read it; then take it in again."),
    ),
    "not_received": Need(
        _("It was read, and what was in it was not fit to be kept."),
        _("Receive it by hand, and tell whoever runs Veikart."),
    ),
}
"""Why something could not be read, by the code that is kept with it, and what to do, in the reader's words."""
