"""Machine-readable descriptions of a bundle: Frictionless Data Package, Croissant, DCAT."""

from typing import Any

from jobs.release.agreement import odrl_offer
from jobs.release.facts import BundleFile, Facts
from jobs.release.params import MICRO_DATA

_CROISSANT = "http://mlcommons.org/croissant/1.1"
_CROISSANT_PARQUET = "application/x-parquet"
"""As readers of Croissant know it."""
_CROISSANT_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_CROISSANT_TYPE = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "string": "sc:Text",
    "datetime": "sc:DateTime",
}
_MEANING = {
    "od": "Trips by origin, destination, day type and part of the day, above the threshold",
    "od_margins": "Sums of these trips over coarser places, parts of the day and day types",
    "presence": "Persons by H3 cell and hour, above the threshold",
    "presence_margins": "Sums of these persons over coarser places, hours and days",
    "set1_call": "Calls between places by hour",
    "set1_text": "Texts between places by hour",
    "set2": "Fine traces of a sample, identifiers anew in each window",
    "set3": "Coarse traces of a sample, by zone",
    "boxes": "Traces as boxes in space and time, each equal to those of other persons",
    "set4": "Graphs of who is in touch with whom",
    "indicators_set2": "Indicators of behaviour of the persons of the fine traces",
    "indicators_set3": "Indicators of behaviour of the persons of the coarse traces",
    "sites": "Fine places",
    "zones": "Zones",
}


def _description(facts: Facts) -> str:
    first, last = facts.days
    return (
        f"{facts.title}: mobility from mobile-phone records, {first} to {last}. What was done to protect "
        "people, and what risk is left, stands in privacy-report.json."
    )


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text.lower()).strip("-")


def data_package(facts: Facts) -> dict[str, Any]:
    """Frictionless Data Package, version 2."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _slug(facts.name),
        "title": facts.title,
        "description": _description(facts),
        "version": facts.version,
        "created": f"{facts.published}T00:00:00Z",
        "resources": [_resource(file) for file in facts.files],
    }


def _resource(file: BundleFile) -> dict[str, Any]:
    """One file. `bytes`, which may be left out, is told of text alone.

    `frictionless validate` reads Parquet without counting bytes, and then takes the count for wrong; the
    catalogues beside tell it.
    """
    told: dict[str, Any] = {
        "name": _slug(file.path),
        "path": file.path,
        "title": _MEANING.get(file.about, file.about),
        "format": file.path.rsplit(".", 1)[-1].lower(),
        "mediatype": file.media_type,
        "hash": f"sha256:{file.sha256}",
    }
    if file.delimiter:
        told["bytes"] = file.bytes
    if file.columns:
        fields = [_field(name, _read_as(file, name, kind)) for name, kind in file.columns]
        told |= {"type": "table", "schema": {"fields": fields, "missingValues": [""]}}
    if file.delimiter:
        told |= {"encoding": "utf-8", "dialect": {"delimiter": file.delimiter, "header": file.has_header}}
    return told


def _read_as(file: BundleFile, name: str, kind: str) -> str:
    """Type of a column as validators meet it: missing whole numbers and times of Parquet come as NaN."""
    return "any" if name in file.with_nulls and kind in ("integer", "datetime") else kind


def _field(name: str, kind: str) -> dict[str, str]:
    return {"name": name, "type": kind} | ({"format": "%Y-%m-%d %H:%M:%S"} if kind == "datetime" else {})


def croissant(facts: Facts) -> dict[str, Any]:
    """Croissant 1.1 with the terms of use as an ODRL offer, and its RAI terms."""
    agreement = facts.agreement
    return {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _CROISSANT,
        "name": _slug(facts.name),
        "description": _description(facts),
        "datePublished": str(facts.published),
        "version": facts.version,
        "citeAs": f"{facts.title}, release {facts.name}, {facts.published:%Y}",
        "license": "agreement.odrl.jsonld",
        "url": f"urn:maillage:bundle:{_slug(facts.name)}",
        "usageInfo": odrl_offer(facts.name, agreement),
        "rai:personalSensitiveInformation": _personal(facts),
        "rai:dataLimitations": "Phones are seen where antennas are, and only when they are used; see datasheet.md",
        "rai:dataUseCases": agreement.purpose if agreement else "Planning of transport; research on mobility",
        "rai:dataReleaseMaintenancePlan": (
            f"To be deleted by {agreement.expires}" if agreement else "Kept as published; not updated"
        ),
        "distribution": [_file_object(file) for file in facts.files],
        "recordSet": [_record_set(file) for file in facts.files if not file.delimiter],
    }


def _personal(facts: Facts) -> str:
    single = [p for p in facts.params.products if p in sorted(MICRO_DATA)]
    return (
        f"Rows about single persons without their names: {', '.join(single)}"
        if single
        else "None: groups only"
    )


def _file_object(file: BundleFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": _slug(file.path),
        "name": _slug(file.path),
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type if file.delimiter else _CROISSANT_PARQUET,
        "sha256": file.sha256,
    }


def _record_set(file: BundleFile) -> dict[str, Any]:
    name = f"{_slug(file.path)}-rows"
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{column}",
            "name": f"{name}/{column}",
            "dataType": _CROISSANT_TYPE[kind],
            "source": {"fileObject": {"@id": _slug(file.path)}, "extract": {"column": column}},
        }
        for column, kind in file.columns
    ]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}


def dcat(facts: Facts) -> dict[str, Any]:
    """DCAT-AP 3 dataset with a distribution for each file."""
    west, south, east, north = facts.bounds
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    first, last = facts.days
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "spdx": "http://spdx.org/rdf/terms#",
            "odrl": "http://www.w3.org/ns/odrl/2/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "geo": "http://www.opengis.net/ont/geosparql#",
        },
        "@id": f"urn:maillage:bundle:{_slug(facts.name)}",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": facts.title, "@language": "en"},
        "dct:description": {"@value": _description(facts), "@language": "en"},
        "dct:issued": _typed(str(facts.published), "date"),
        "dct:accessRights": {"@id": _access(facts)},
        "odrl:hasPolicy": {"@id": "agreement.odrl.jsonld"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(str(first), "date"),
            "dcat:endDate": _typed(str(last), "date"),
        },
        "dct:spatial": {
            "@type": "dct:Location",
            "dcat:bbox": {"@value": f"POLYGON(({ring}))", "@type": "geo:wktLiteral"},
        },
        "dcat:distribution": [_distribution(file) for file in facts.files],
    }


def _access(facts: Facts) -> str:
    kind = "RESTRICTED" if facts.agreement else "PUBLIC"
    return f"http://publications.europa.eu/resource/authority/access-right/{kind}"


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _distribution(file: BundleFile) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _MEANING.get(file.about, file.about),
        "dcat:accessURL": {"@id": file.path},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dcat:byteSize": _typed(str(file.bytes), "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
        },
    }
