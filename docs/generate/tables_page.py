"""Reference of the tables: every column, from the declarations in jobs/tables.py and jobs/mobility/tables.py."""

from collections.abc import Iterable

from tabular import code, table

from jobs.schema import Privacy, Table

_WHO = {
    Privacy.PUBLIC: "says nothing about a person",
    Privacy.PERSONAL: "about one pseudonym: stays with the operator",
    Privacy.AGGREGATE: "about groups: leaves after disclosure control only",
}


def page(tables: Iterable[Table]) -> str:
    """Write the page."""
    classes = table(("class", "what it says"), [(code(privacy), who) for privacy, who in _WHO.items()])
    head = (
        "# Tables\n\nWhat a run leaves in `tables/` of its workspace, as Parquet. A table is what its stage's manifest "
        "lists: `Workspace(folder).table(name)` reads that (notebook `quickstart`). Times are UTC; an `h3` is an "
        "H3 cell as a 64-bit number; a `cell` is a radio cell. Tables from `rhythms` on are those of `maillage "
        "mobility`, in `mobility/`.\n\nEvery column has a privacy class:\n"
    )
    return "\n".join([head, classes, *(_of_table(declared) for declared in tables)])


def _of_table(declared: Table) -> str:
    order = (
        f", sorted by {', '.join(code(name) for name in declared.sorted_by)}" if declared.sorted_by else ""
    )
    rows = [
        (code(c.name), code(str(c.type)), "yes" if c.nullable else "", c.privacy.value, c.meaning)
        for c in declared.columns
    ]
    header = ("column", "type", "may be null", "privacy", "meaning")
    return f"## {declared.name}\n\nOne row for each {declared.grain}{order}.\n\n{table(header, rows)}"
