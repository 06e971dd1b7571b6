"""The run report's account of people: how many were seen, for how long, and where homes and works are known."""

from jobs.report.bars import bar_chart
from jobs.report.content import as_number, as_objects
from jobs.report.markup import Child, Heading, Html, data_table, el, missing_note, section, source_note
from jobs.report.run_content import RunContent
from jobs.report.words import DASH, Both, number, quantity, same, share

_SOURCE = Both(
    "Table anchors, one row a user and window. Confidence: share of active nights spent at home. Classes of "
    "fewer users than the threshold k show a dash.",
    "Table anchors, une ligne par abonné et fenêtre. Confiance : part des nuits actives passées au domicile. "
    "Les classes de moins d’abonnés que le seuil k montrent un tiret.",
)


def people_section(content: RunContent) -> Html:
    """Users, homes and works found, and how sure homes are."""
    title, told = Both("Users, homes and works", "Abonnés, domiciles et lieux de travail"), content.people
    users = as_number(told.get("users"))
    if not users:
        why = Both("No user could be told of: the table anchors is empty or too small.",
                   "Rien à dire des abonnés : la table anchors est vide ou trop petite.")  # fmt: skip
        return section("people", title, missing_note(why))
    rows = [
        _found(name, as_number(told.get(key)), users)
        for key, name in (
            ("users", Both("Users", "Abonnés")),
            ("homes", Both("Home known", "Domicile connu")),
            ("works", Both("Place of work known", "Lieu de travail connu")),
        )
    ]
    headings = [
        Heading(Both("What is known", "Ce qui est connu")),
        Heading(Both("Users and windows", "Abonnés et fenêtres"), True),
        Heading(Both("Share", "Part"), True),
    ]
    table = data_table(Both("Anchors", "Ancrages"), headings, rows)
    return section("people", title, table, _confidence(content), _active(content), source_note(_SOURCE))


def _found(name: Both, count: float | None, users: float) -> list[Child]:
    return [name, number(count), share(None if count is None else count / users, 0)]


def _confidence(content: RunContent) -> Html:
    classes = as_objects(content.people.get("home_confidence"))
    homes = as_number(content.people.get("homes"))
    if not classes or not homes:
        return Html("")
    rows: list[list[Child]] = []
    for entry in classes:
        low, high, users = (as_number(entry.get(key)) for key in ("from", "to", "users"))
        name = quantity(100 * (low or 0), "%") + same(DASH) + quantity(100 * (high or 0), "%")
        rows.append(_found(name, users, homes))
    headings = [
        Heading(Both("Confidence", "Confiance")),
        Heading(Both("Homes", "Domiciles"), True),
        Heading(Both("Share", "Part"), True),
    ]
    return data_table(Both("How sure homes are", "Certitude des domiciles"), headings, rows)


def _active(content: RunContent) -> Html:
    days = content.people.get("active_days")
    if not isinstance(days, list) or len(days) < 2:
        return Html("")
    users = [as_number(count) or 0.0 for count in days]
    step = max(len(users) // 8, 1)
    names = {i: str(i) for i in range(0, len(users), step)}
    label = Both("Users by days with an event", "Abonnés par nombre de jours avec événement")
    return el("figure", bar_chart(users, names, label), el("figcaption", label, class_="source"))
