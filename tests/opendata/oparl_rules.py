"""What OParl 1.1 asks of each object, as JSON Schemas: which properties there are, of what type, and which must be.

Taken as facts from the schemas at https://schema.oparl.org/1.1/: `url` is an address, `urls` a list of them, another
object's name an object that is embedded, with brackets a list of such. Properties of a maker's own have a prefix.
"""

COMMON = {
    "id": "url", "type": "string", "license": "string", "keyword": "strings", "created": "date-time",
    "modified": "date-time", "web": "url", "deleted": "boolean",
}  # fmt: skip

OBJECTS = {
    "System": {
        "oparlVersion": "string", "otherOparlVersions": "urls", "body": "url", "name": "string",
        "contactEmail": "string", "contactName": "string", "website": "url", "vendor": "url", "product": "url",
    },
    "Body": {
        "system": "url", "shortName": "string", "name": "string", "website": "url", "licenseValidSince": "date-time",
        "oparlSince": "date-time", "ags": "string", "rgs": "string", "equivalent": "urls", "contactEmail": "string",
        "contactName": "string", "organization": "url", "person": "url", "meeting": "url", "paper": "url",
        "legislativeTerm": "[LegislativeTerm]", "agendaItem": "url", "consultation": "url", "file": "url",
        "locationList": "url", "legislativeTermList": "url", "membership": "url", "classification": "string",
        "location": "Location", "mainOrganization": "url",
    },
    "LegislativeTerm": {"body": "url", "name": "string", "startDate": "date", "endDate": "date"},
    "Organization": {
        "body": "url", "name": "string", "membership": "urls", "meeting": "url", "consultation": "url",
        "shortName": "string", "post": "strings", "subOrganizationOf": "url", "organizationType": "string",
        "classification": "string", "startDate": "date", "endDate": "date", "website": "url",
        "location": "Location", "externalBody": "url",
    },
    "Person": {
        "body": "url", "name": "string", "familyName": "string", "givenName": "string", "formOfAddress": "string",
        "affix": "string", "title": "strings", "gender": "string", "phone": "strings", "email": "strings",
        "location": "url", "locationObject": "Location", "status": "strings", "membership": "[Membership]",
        "life": "string", "lifeSource": "string",
    },
    "Membership": {
        "person": "url", "organization": "url", "role": "string", "votingRight": "boolean", "startDate": "date",
        "endDate": "date", "onBehalfOf": "url",
    },
    "Meeting": {
        "name": "string", "meetingState": "string", "cancelled": "boolean", "start": "date-time", "end": "date-time",
        "location": "Location", "organization": "urls", "participant": "urls", "invitation": "File",
        "resultsProtocol": "File", "verbatimProtocol": "File", "auxiliaryFile": "[File]", "agendaItem": "[AgendaItem]",
    },
    "AgendaItem": {
        "meeting": "url", "number": "string", "order": "integer", "name": "string", "public": "boolean",
        "consultation": "url", "result": "string", "resolutionText": "string", "resolutionFile": "File",
        "auxiliaryFile": "[File]", "start": "date-time", "end": "date-time",
    },
    "Paper": {
        "body": "url", "name": "string", "reference": "string", "date": "date", "paperType": "string",
        "relatedPaper": "urls", "superordinatedPaper": "urls", "subordinatedPaper": "urls", "mainFile": "File",
        "auxiliaryFile": "[File]", "location": "[Location]", "originatorPerson": "urls", "underDirectionOf": "urls",
        "originatorOrganization": "urls", "consultation": "[Consultation]",
    },
    "Consultation": {
        "paper": "url", "agendaItem": "url", "meeting": "url", "organization": "urls", "authoritative": "boolean",
        "role": "string",
    },
    "File": {
        "name": "string", "fileName": "string", "mimeType": "string", "date": "date", "size": "integer",
        "sha1Checksum": "string", "sha512Checksum": "string", "text": "string", "accessUrl": "url",
        "downloadUrl": "url", "externalServiceUrl": "url", "masterFile": "url", "derivativeFile": "urls",
        "fileLicense": "url", "meeting": "urls", "agendaItem": "urls", "person": "url", "paper": "urls",
    },
    "Location": {
        "description": "string", "geojson": "object", "streetAddress": "string", "room": "string",
        "postalCode": "string", "subLocality": "string", "locality": "string", "bodies": "urls",
        "organizations": "urls", "persons": "urls", "meeting": "urls", "papers": "urls",
    },
}  # fmt: skip

REQUIRED = {
    "System": ("oparlVersion", "body"),
    "Body": ("name", "organization", "person", "meeting", "paper", "legislativeTerm"),
    "File": ("accessUrl",),
}
"""Beside `id` and `type`, which all must have."""

MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
PLAIN = {
    "string": {"type": "string", "minLength": 1},
    "url": {"type": "string", "pattern": r"^https?://[^\s]+$"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "object": {"type": "object"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "date-time": {"type": "string", "pattern": MOMENT},
}


def schema(name):
    """The JSON Schema of the object `name`."""
    properties = {field: _type(said) for field, said in {**COMMON, **OBJECTS[name]}.items()}
    properties["type"] = {"const": f"https://schema.oparl.org/1.1/{name}"}
    return {
        "type": "object",
        "properties": properties,
        "required": ["id", "type", *REQUIRED.get(name, ())],
        "patternProperties": {"^veikart:": {}},
        "additionalProperties": False,
    }


def page_schema(name):
    """The JSON Schema of a page of a list of such objects."""
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": schema(name)},
            "pagination": {
                "type": "object",
                "properties": dict.fromkeys(
                    ("totalElements", "elementsPerPage", "currentPage", "totalPages"), count
                ),
                "additionalProperties": False,
            },
            "links": {
                "type": "object",
                "properties": dict.fromkeys(
                    ("first", "prev", "self", "next", "last"), PLAIN["url"]
                ),
                "required": ["self"],
                "additionalProperties": False,
            },
        },
        "required": ["data", "pagination", "links"],
        "additionalProperties": False,
    }


def _type(said):
    if said in PLAIN:
        return PLAIN[said]
    if said in ("strings", "urls"):
        return {"type": "array", "items": PLAIN[said.removesuffix("s")]}
    if said.startswith("["):
        return {"type": "array", "items": schema(said.strip("[]"))}
    return schema(said)
