"""A town of six nodes on a ring with one chord, in the layout of published instances."""

from pathlib import Path

NODES = "id,lat,lon,terminal\n" + "".join(f"{n},0,0,1\n" for n in "ABCDEF")
LINKS = "from,to,travel_time\nA,B,3\nB,A,3\nB,C,4\nC,D,2\nD,E,5\nE,F,3\nF,A,4\nB,E,6\n"
DEMAND = "from,to,demand\nA,D,100\nD,A,100\nB,C,40\nC,B,40\nF,C,60\nC,F,60\nA,A,0\n"


def write_town(folder: Path, nodes: str = NODES, links: str = LINKS, demand: str = DEMAND) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (("nodes", nodes), ("links", links), ("demand", demand)):
        (folder / f"ring_{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write_routes_file(path: Path, *routes: str) -> Path:
    path.write_text("\n".join(routes) + "\n", encoding="utf-8")
    return path
