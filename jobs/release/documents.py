"""Write the documents of a bundle beside its data."""

import json
from typing import Any

from jobs.engine.store import Store
from jobs.release.agreement import odrl_policy
from jobs.release.datasheet import datasheet
from jobs.release.descriptors import croissant, data_package, dcat
from jobs.release.facts import Facts
from jobs.release.privacy_page import privacy_page
from jobs.release.privacy_report import privacy_report


def write_documents(store: Store, folder: str, facts: Facts) -> None:
    """Write all that a recipient has to know, for people and for machines."""
    report = privacy_report(facts)
    documents: dict[str, Any] = {
        "datapackage.json": data_package(facts),
        "croissant.json": croissant(facts),
        "dcat.jsonld": dcat(facts),
        "agreement.odrl.jsonld": odrl_policy(facts.agreement, facts.name),
        "privacy-report.json": report,
        "lineage.json": lineage(facts),
    }
    for name, content in documents.items():
        store.write_bytes(f"{folder}/{name}", _json(content))
    store.write_bytes(f"{folder}/privacy-report.html", privacy_page(report).encode())
    store.write_bytes(f"{folder}/datasheet.md", datasheet(facts, "en").encode())
    store.write_bytes(f"{folder}/datasheet.fr.md", datasheet(facts, "fr").encode())


def lineage(facts: Facts) -> dict[str, Any]:
    """From what the bundle was made: no names of files or folders, which may tell of people."""
    return {
        "bundle": facts.name,
        "run": facts.run,
        "program": {"name": "maillage", "version": facts.version},
        "config_sha256": facts.config_digest,
        "inputs": facts.inputs,
        "figures": facts.figures,
    }


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
