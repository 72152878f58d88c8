"""Cases as OParl's papers, with how each was consulted on and the files that come with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from veikart.opendata.oparl_words import (
    AUTHORITATIVE,
    CASE_ROLES,
    SCHEMA,
    Address,
    Document,
    without_blanks,
)
from veikart.plan.council import Case, Meeting, Paper
from veikart.plan.model import Plan
from veikart.plan.paper_names import file_path


@dataclass(frozen=True)
class Papers:
    """Makes the papers of one plan."""

    plan: Plan
    address: Address
    stamps: Document

    def paper(self, case: Case) -> Document:
        """A case: OParl's paper is what a body treats, and its files are our papers."""
        index = self.plan.index
        meetings = index.meetings_with.get(case.uid, ())
        first = next((meeting.held_on for meeting in meetings if meeting.held_on), None)
        after = [found.uid for found in index.cases_after.get(case.uid, ())]
        decided = index.decisions_in.get(case.uid, ())
        return {
            "consultation": list(self._consultations(case)),
            **without_blanks(
                {
                    "id": self.address.of(case.uid),
                    "type": f"{SCHEMA}/Paper",
                    "body": self.address.of("radsmodell"),
                    "name": case.title,
                    "reference": case.number,
                    "date": first and first.isoformat(),
                    "paperType": CASE_ROLES[case.type] if case.type else None,
                    "superordinatedPaper": [self.address.of(case.came_from)]
                    if case.came_from
                    else None,
                    "subordinatedPaper": [self.address.of(uid) for uid in after],
                    "underDirectionOf": [self.address.of(case.body)],
                    "auxiliaryFile": list(self._files(case)),
                    "veikart:caseType": case.type,
                    "veikart:proposal": case.proposal,
                    "veikart:about": [self.address.web(uid) for uid in case.about],
                    "veikart:decisions": [
                        without_blanks(
                            {
                                "web": self.address.web(found.uid),
                                "decidedOn": found.decided_on and found.decided_on.isoformat(),
                                "text": found.text,
                                "result": found.result,
                            }
                        )
                        for found in decided
                    ],
                    "veikart:withheldFiles": [
                        {"basis": held.basis, "files": held.papers} for held in case.withheld
                    ],
                    "web": self.address.web(case.uid),
                    **self.stamps,
                }
            ),
        }

    def _consultations(self, case: Case) -> Iterator[Document]:
        """Each time the case was on an agenda; without one, that its body has it."""
        lines = [
            (meeting, line.no)
            for meeting in self.plan.index.meetings_with.get(case.uid, ())
            for line in meeting.agenda
            if line.case == case.uid
        ]
        for meeting, no in lines:
            yield self._consultation(case, f"{meeting.uid}/punkt/{no}", meeting)
        if not lines:
            yield self._consultation(case, None, None)

    def _consultation(self, case: Case, item: str | None, meeting: Meeting | None) -> Document:
        return without_blanks(
            {
                "id": self.address.of(f"{item or case.uid}/behandling"),
                "type": f"{SCHEMA}/Consultation",
                "paper": self.address.of(case.uid),
                "agendaItem": self.address.of(item) if item else None,
                "meeting": self.address.of(meeting.uid) if meeting else None,
                "organization": [self.address.of(case.body)],
                "authoritative": case.type in AUTHORITATIVE,
                "role": CASE_ROLES[case.type] if case.type else None,
                **self.stamps,
            }
        )

    def _files(self, case: Case) -> Iterator[Document]:
        """Files that are there to be fetched; a paper that is known by its title alone is none."""
        for paper in self.plan.index.papers_of.get(case.uid, ()):
            if paper.sha256:
                yield self._file(paper)

    def _file(self, paper: Paper) -> Document:
        fetched_at = f"{self.address.site}/data/{file_path(paper)}"
        return without_blanks(
            {
                "id": self.address.of(paper.uid),
                "type": f"{SCHEMA}/File",
                "name": f"{paper.label} {paper.title or ''}".strip(),
                "fileName": paper.file_name,
                "mimeType": paper.media_type,
                "size": paper.bytes,
                "accessUrl": fetched_at,
                "downloadUrl": fetched_at,
                "paper": [self.address.of(paper.case)],
                "veikart:sha256": paper.sha256,
                "veikart:publicFrom": paper.public_from and paper.public_from.isoformat(),
                "web": self.address.web(paper.case),
                **self.stamps,
            }
        )
