"""Bundles through the command: built, verified, traced, refused; keys destroyed; one person's records."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tiny_city import TINY, City

from jobs.engine.store import Store
from jobs.release.bundle import write_manifest
from jobs.release.rounding import rounded_figures
from jobs.release.signing import new_signing_key

LAB = TINY["release"]["recipients"]["lab"]


@pytest.fixture(scope="module")
def numbers(finished: City) -> list[str]:
    truth = pq.read_table(finished.workspace / "world" / "truth" / "key.parquet")
    return [str(number) for number in truth["msisdn"].to_pylist()]


@pytest.fixture
def listed(tmp_path: Path, numbers: list[str]) -> Path:
    file = tmp_path / "ids.txt"
    file.write_text("\n".join(numbers))
    return file


def bundle(city: City, name: str = "tiny") -> Path:
    return city.workspace / "releases" / name


def test_a_bundle_holds_its_documents_and_measured_risk(finished):
    there = {p.name for p in bundle(finished).iterdir()}
    assert there >= {
        "data",
        "context",
        "datapackage.json",
        "croissant.json",
        "dcat.jsonld",
        "agreement.odrl.jsonld",
        "manifest.sha256",
        "manifest.sha256.sig",
        "privacy-report.json",
        "privacy-report.html",
        "lineage.json",
        "datasheet.md",
        "datasheet.fr.md",
        "leakscan.json",
    }
    report = json.loads((bundle(finished) / "privacy-report.json").read_text())
    unicity = report["risk"]["unicity"]
    assert unicity["control_succeeds"]
    assert unicity["released"]["unicity"]["1"]["value"] < unicity["control"]["unicity"]["1"]["value"]
    assert report["protection"]["k"] == TINY["disclosure"]["min_users"]
    assert rounded_figures(report["risk"]) == report["risk"]
    assert unicity["control"]["users"] % 10 == 0
    scanned = json.loads((bundle(finished) / "leakscan.json").read_text())
    assert all(part["clean"] and part["identifiers"] > 500 for part in scanned.values())


def test_verify_tells_a_whole_bundle_from_a_changed_one(city, command, tmp_path):
    told = json.loads(command("release", "verify", bundle(city), "--json").out)
    assert told["whole"]
    key = city.config.parent / "signing.key.pub"
    assert command("release", "verify", bundle(city), "--signer", key).code == 0
    new_signing_key(tmp_path / "other.key")
    assert command("release", "verify", bundle(city), "--signer", tmp_path / "other.key.pub").code == 2
    traces = bundle(city) / "data" / "SET2" / "SET2_P01.CSV"
    content = bytearray(traces.read_bytes())
    content[100] ^= 1
    traces.write_bytes(content)
    told = command("release", "verify", bundle(city))
    assert told.code == 2
    assert "changed: data/SET2/SET2_P01.CSV" in told.err


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ("release.recipients.lab.expires=2020-02-29", 3, "agreement T-1 expired on 2020-02-29"),
        ("release.recipients={}", 3, "set2 are about single persons and leave under an agreement only"),
        ("release.products=[set4]", 2, "no layout of"),
        ("release.products=[boxes, set2]", 2, "set2 in the same bundle would show them again"),
        ("release.policy={max_unicity: 0.01}", 3, "unicity at 4 points is"),
    ],
)
def test_what_may_not_leave_is_refused_and_the_old_bundle_stays(city, command, change, code, said):
    before = (bundle(city) / "manifest.sha256").read_bytes()
    told = command("release", "build", city.config, "--set", change)
    assert told.code == code, told.err
    assert said in " ".join(told.err.split())
    assert (bundle(city) / "manifest.sha256").read_bytes() == before


GRAPHS = [
    "release.products=[set1, set4, indicators, set2]",
    "release.layouts=[d4d-civ2012, d4d-sen2014, parquet]",
    "release.ego_graphs={egos: 20, accepted_by: A. Diop, reason: a test of the graphs}",
    "disclosure.min_users=2",
]


def test_calls_make_traffic_graphs_and_social_indicators(city, command):
    told = command("release", "build", city.config, *(x for s in GRAPHS for x in ("--set", s)))
    assert told.code == 0, told.err
    verified = json.loads(command("release", "verify", bundle(city), "--json").out)
    assert min(verified["rows"][name] for name in ("set1_call", "set1_text", "set2", "set4")) > 0
    report = json.loads((bundle(city) / "privacy-report.json").read_text())
    assert (
        report["protection"]["set1"]["call_figures"] > report["protection"]["set1"]["call_figures_withheld"]
    )
    assert report["protection"]["set4"]["egos"] == [20]
    assert report["ego_graphs_accepted"]["accepted_by"] == "A. Diop"
    header = (bundle(city) / "data" / "SET2" / "INDICATORS_SET2_HEADERS.CSV").read_text()
    assert len(header.split(",")) == 34
    noisy = ["disclosure.method=dp", "disclosure.dp={epsilon: 4, limit_epsilon: 12}"]
    settings = ["release.products=[set1]", "release.layouts=[d4d-sen2014]", *noisy]
    told = command("release", "build", city.config, *(x for s in settings for x in ("--set", s)))
    assert told.code == 0, told.err
    spent = json.loads((city.workspace / "privacy-budget.json").read_text())["spent"]
    assert [entry["epsilon"] for entry in spent if entry["table"] == "set1"] == ["4"]


def test_each_recipient_gets_another_copy_and_a_part_of_it_names_whose(city, command, tmp_path):
    both = json.dumps({name: {**LAB, "id": name} for name in ("lab-a", "lab-b")})
    settings = ["--set", f"release.recipients={both}", "--set", "release.left_out_share=0.1"]
    told = command("release", "build", city.config, *settings)
    assert told.code == 2
    assert "--recipient NAME" in told.err
    copies = {}
    for name in ("lab-a", "lab-b"):
        told = command("release", "build", city.config, *settings, "--recipient", name)
        assert told.code == 0, told.err
        folder = bundle(city, f"tiny-{name}")
        copies[name] = (folder / "data" / "SET2" / "SET2_P01.CSV").read_text().splitlines()
        assert json.loads((folder / "privacy-report.json").read_text())["agreement"] == name
    for name in ("od", "presence"):
        made = {(bundle(city, f"tiny-{lab}") / "data" / f"{name}.parquet").read_bytes() for lab in copies}
        assert len(made) == 1
    leaked = tmp_path / "leaked.csv"
    leaked.write_text("\n".join(copies["lab-b"][::3]) + "\n")
    told = command("release", "whose-copy", city.config, leaked, *settings, "--json")
    assert json.loads(told.out)["copy_of"] == "lab-b"
    assert json.loads(told.out)["recipients"][0]["persons_needed"] == 44
    renumbered = [line.split(",") for line in copies["lab-b"]]
    leaked.write_text("".join(f"{(int(i) * 7919) % 9973},{t},{p}\n" for i, t, p in renumbered[::2]))
    asked = ("release", "whose-copy", city.config, leaked, *settings, "--json")
    assert json.loads(command(*asked).out)["copy_of"] is None
    assert json.loads(command(*asked, "--by-content").out)["copy_of"] == "lab-b"


SAFEST = [
    "release.products=[od, presence, boxes]",
    "release.boxes={k: 3, users: 150}",
    "release.left_out_share=0.1",
    "disclosure={method: dp, dp: {epsilon: 1, cap: {od: 4, presence: 20}}}",
    "release.policy={max_unicity: 0.01, min_k: 3, max_computable: 0, max_membership_auc: 0.55, "
    "max_recovery_gain: 0.05}",
]


def test_the_safest_release_keeps_every_bound_and_is_proven_at_receipt(city, command, tmp_path):
    told = command("release", "build", city.config, *(x for s in SAFEST for x in ("--set", s)))
    assert told.code == 0, told.err
    report = json.loads((bundle(city) / "privacy-report.json").read_text())
    assert report["in_short"]["protection"]["od"]["epsilon"] == "1"
    risk = report["risk"]
    assert risk["membership"]["released"]["auc"]["high"] <= 0.55 < risk["membership"]["control"]["auc"]["low"]
    assert risk["recovery"]["released"]["gain"] <= 0.05 < risk["recovery"]["control"]["gain"]
    assert risk["differencing"]["released"]["computable"] == 0
    assert all(finding["control_succeeds"] is not False for finding in risk.values())
    made = report["protection"]["boxes"]
    assert made["k"] == 3
    assert made["windows"][0]["users"] == 150
    assert 0 < made["windows"][0]["left_out_share"] < 1
    assert report["risk"]["k-anonymity"]["released"]["smallest_group"] >= 3
    assert report["risk"]["unicity"]["released"]["unicity"]["4"]["high"] <= 0.01  # rounded
    assert report["risk"]["unicity"]["control"]["unicity"]["4"]["value"] > 0.9
    assert not (bundle(city) / "context").exists()
    lineage = json.loads((bundle(city) / "lineage.json").read_text())
    ingest = city.manifest("ingest")
    raw = {account["rows_in"] for account in ingest["figures"]["files"]}
    assert raw.isdisjoint(entry["rows_in"] for entry in lineage["inputs"])
    text = "".join(f.read_text() for f in bundle(city).iterdir() if f.suffix in (".json", ".md", ".html"))
    assert not [digest for digest in ingest["recipe"]["files"].values() if digest in text]
    assert len({entry["hmac_sha256"] for entry in lineage["inputs"]}) == len(raw)
    verified = json.loads(command("release", "verify", bundle(city), "--json").out)
    assert verified["k_anonymity"]["smallest_group"] >= 3
    file = bundle(city) / "data" / "boxes" / "boxes_01.parquet"
    table = pq.read_table(file)
    leaked = tmp_path / "leaked.parquet"
    pq.write_table(table.slice(0, table.num_rows // 2), leaked)
    asked = ("release", "whose-copy", city.config, leaked, "--product", "boxes", "--json")
    (weighed,) = json.loads(command(*asked, "--set", SAFEST[2]).out)["recipients"]
    assert weighed["not_in_copy"] == 0
    assert weighed["expected_if_not"] > 0
    pq.write_table(table.slice(1), file)
    for signed in ("manifest.sha256", "manifest.sha256.sig", "signer.pub"):
        (bundle(city) / signed).unlink()
    write_manifest(Store(str(city.workspace)), "releases/tiny", None)
    told = command("release", "verify", bundle(city), "--unsigned")
    assert told.code == 3
    assert "only 1 persons share" in told.err


def test_an_identifier_lasts_over_windows_where_coarse_traces_ask_for_it(city, command):
    settings = [
        "pseudonyms.window_days=2",
        "release.products=[set3]",
        "release.layouts=[d4d-sen2014, parquet]",
    ]
    told = command("release", "build", city.config, *(x for s in settings for x in ("--set", s)))
    assert told.code == 0, told.err
    assert len(list((city.workspace / "tables" / "events").rglob("window=*"))) > 1
    rows = (bundle(city) / "data" / "SET3" / "SET3_M01.CSV").read_text().splitlines()
    days: dict[str, set[str]] = {}
    for row in rows:
        who, when, _ = row.split(",")
        days.setdefault(who, set()).add(when[:10])
    assert 100 < len(days) < TINY["world"]["people"]
    assert sum(len(seen) == 4 for seen in days.values()) > len(days) / 2
    table = pq.read_table(bundle(city) / "data" / "set3" / "traces_202503.parquet")
    assert table.num_rows == len(rows)


# -- leak scan, subject export, keys -----------------------------------------------------------


def test_a_release_is_clean_and_the_raw_side_is_not(finished, command, listed, numbers):
    told = command("leak-scan", bundle(finished), "--ids", listed, "--json")
    assert told.code == 0
    assert json.loads(told.out)["clean"]
    told = command("leak-scan", finished.workspace / "world" / "cdr", "--ids", listed)
    assert told.code == 3
    assert not [number for number in numbers if number in told.out + told.err]


def test_one_person_gets_all_their_records_and_nobody_elses(finished, command, numbers, tmp_path):
    raw = [
        line.split(",")
        for file in (finished.workspace / "world" / "cdr").glob("*.csv")
        for line in file.read_text().splitlines()
    ]
    number = next(n for n in numbers if sum(row[0] == n for row in raw) > 20)
    mine = sorted({(row[1][:19], row[2]) for row in raw if row[0] == number and len(row) > 2})
    asked, answer = tmp_path / "id.txt", tmp_path / "answer.json"
    asked.write_text(f"+{number[:3]} {number[3:]}\n")
    told = command("subject-export", finished.config, "--id-file", asked, "--out", answer)
    assert told.code == 0, told.err
    assert answer.stat().st_mode & 0o777 == 0o600
    exported = json.loads(answer.read_text())
    assert [(e["time"], e["cell"]["cell_id"]) for e in exported["events"]] == mine
    assert exported["stays"]
    assert number not in answer.read_text() + told.out + told.err
    asked.write_text("two\nlines\n")
    assert command("subject-export", finished.config, "--id-file", asked).code == 2


def test_what_a_destroyed_key_made_stays_and_cannot_be_made_again(city, command):
    key = city.config.parent / "tiny.key"
    told = command("keys", "destroy", key)
    assert told.code == 2
    assert "add --yes" in told.err
    assert key.exists()
    told = command("keys", "destroy", key, "--yes", "--json")
    assert told.code == 0
    assert json.loads(told.out)["check_value"] == city.manifest("ingest")["figures"]["key_check_value"]
    assert command("run", city.config, "--json").last["ran"] == []
    told = command("run", city.config, "--from", "ingest")
    assert told.code == 2
    assert "was destroyed on" in told.err
    assert command("subject-export", city.config, "--id-file", city.config).code == 2


def test_a_signing_key_is_made_with_its_public_half(command, tmp_path):
    told = command("keys", "new", tmp_path / "sign.key", "--signing", "--json")
    assert len(json.loads(told.out)["fingerprint"]) == 32
    assert (tmp_path / "sign.key.pub").read_text().startswith("-----BEGIN PUBLIC KEY-----")
