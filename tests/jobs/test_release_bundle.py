"""Signature and manifest, the agreement, and what the documents of a bundle tell."""

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pytest
from pydantic import ValidationError

from jobs.errors import ConfigError, InputError, PrivacyGate
from jobs.privacy.policy import PolicyParams
from jobs.release.agreement import Agreement, check_in_force, odrl_policy
from jobs.release.bundle import digests, verify, write_manifest
from jobs.release.documents import write_documents
from jobs.release.facts import Facts, described
from jobs.release.layouts import parquet_bytes
from jobs.release.params import ReleaseParams
from jobs.release.signing import SigningKey, load_signing_key, new_signing_key

AGREEMENT = {
    "id": "2026/7",
    "assigner": "Telecom",
    "assignee": "University",
    "purpose": "Research on public transport",
    "territory": "SEN",
    "expires": "2027-01-31",
}
PARAMS = ReleaseParams(name="d", products=("od", "set2"), recipients={"lab": Agreement(**AGREEMENT)})


def facts(store, **how) -> Facts:
    """Facts of a bundle of two files in releases/d."""
    store.write_bytes("releases/d/data/od.parquet", parquet_bytes(pa.table({"origin": [1], "trips": [2.5]})))
    store.write_bytes("releases/d/data/SET2/SET2_P01.CSV", b"1,2013-01-07 12:00:00,3\n")
    store.write_bytes("releases/d/context/ContextData/SITE_ARR_LONLAT.CSV", b"site_id,arr_id,lon,lat\n")
    files = described(store, "releases/d", digests(store, "releases/d"), {"layouts": ("d4d-sen2014",)})
    told = {
        "title": "Dakar <2013>",
        "params": PARAMS,
        "version": "1.2",
        "run": "r-1",
        "config_digest": "ab",
        "published": date(2026, 5, 1),
        "days": (date(2013, 1, 7), date(2013, 1, 20)),
        "bounds": (-17.6, 14.6, -17.1, 14.9),
        "files": tuple(files),
        "figures": {},
        "protection": {"k": 15, "window_days": 14},
        "inputs": [{"sha256": "cd", "rows_in": 5}],
    }
    return Facts(**(told | how))


def made(store, **how) -> dict[str, str]:
    """Text of the documents of a bundle, by name."""
    write_documents(store, "releases/d", facts(store, **how))
    names = [path.removeprefix("releases/d/") for path in store.files_below("releases/d")]
    return {name: store.read_bytes(f"releases/d/{name}").decode() for name in names if "/" not in name}


# -- signature and manifest --------------------------------------------------------------------


@pytest.fixture
def bundle(store, tmp_path) -> Path:
    made(store)
    new_signing_key(tmp_path / "sign.key")
    write_manifest(store, "releases/d", load_signing_key(SigningKey(file=str(tmp_path / "sign.key"))))
    return store.local("releases/d")


def test_a_bundle_that_nobody_touched_is_whole(bundle, tmp_path):
    verdict = verify(bundle, tmp_path / "sign.key.pub")
    assert verdict.files == 12
    assert verdict.is_signer_known
    assert len(verdict.signer) == 32


def test_one_byte_of_any_file_is_noticed(bundle):
    for file in sorted(p for p in bundle.rglob("*") if p.is_file()):
        content = file.read_bytes()
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        with pytest.raises(InputError):
            verify(bundle)
        file.write_bytes(content)
    verify(bundle)


def test_files_added_or_taken_away_are_noticed(bundle):
    (bundle / "data" / "more.csv").write_text("x")
    with pytest.raises(InputError, match=r"not of the bundle: data/more\.csv"):
        verify(bundle)
    (bundle / "data" / "more.csv").unlink()
    (bundle / "lineage.json").unlink()
    with pytest.raises(InputError, match=r"missing: lineage\.json"):
        verify(bundle)


def test_somebody_elses_signature_and_none_are_refused(bundle, tmp_path, store):
    new_signing_key(tmp_path / "other.key")
    with pytest.raises(InputError, match="is signed by"):
        verify(bundle, tmp_path / "other.key.pub")
    for name in ("manifest.sha256.sig", "signer.pub"):
        (bundle / name).unlink()
    with pytest.raises(InputError, match="nobody signed"):
        verify(bundle)
    assert verify(bundle, unsigned=True).signer == ""


def test_a_signing_key_is_kept_like_a_key(tmp_path):
    file = tmp_path / "sign.key"
    new_signing_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="not overwritten"):
        new_signing_key(file)
    file.chmod(0o640)
    with pytest.raises(ConfigError, match="others may read"):
        load_signing_key(SigningKey(file=str(file)))
    (tmp_path / "text.key").write_text("no key")
    (tmp_path / "text.key").chmod(0o600)
    (tmp_path / "link.key").symlink_to(file)
    for name, said in (("text.key", "PEM"), ("link.key", "symbolic"), ("none.key", "no such")):
        with pytest.raises(ConfigError, match=said):
            load_signing_key(SigningKey(file=str(tmp_path / name)))


# -- agreement ---------------------------------------------------------------------------------


def test_an_agreement_holds_through_its_last_day():
    agreement = Agreement(**AGREEMENT)
    check_in_force(agreement, date(2027, 1, 31))
    with pytest.raises(PrivacyGate, match="2026/7 expired on 2027-01-31"):
        check_in_force(agreement, date(2027, 2, 1))


def test_an_agreement_in_odrl_says_who_may_do_what_until_when():
    policy = odrl_policy(Agreement(**AGREEMENT), "d")
    (permission,), (prohibition,) = policy["permission"], policy["prohibition"]
    assert (policy["@type"], permission["assigner"], permission["assignee"]) == (
        "Agreement",
        "Telecom",
        "University",
    )
    told = {c["leftOperand"]: c["rightOperand"] for c in permission["constraint"]}
    assert told["purpose"] == AGREEMENT["purpose"]
    assert told["dateTime"]["@value"] == "2027-01-31"
    assert told["spatial"]["@id"].endswith("/SEN")
    assert permission["duty"][0]["action"] == "delete"
    assert {"reidentify", "link"} <= set(prohibition["action"])
    assert odrl_policy(None, "d")["@type"] == "Offer"


# -- what may be asked for ---------------------------------------------------------------------


def test_ego_graphs_need_somebody_who_answers_for_them():
    with pytest.raises(ValidationError, match=r"set4 is off by default.*Sharad and Danezis"):
        ReleaseParams(products=("set4",), layouts=("d4d-civ2012",))
    accepted = {"accepted_by": "A. Diop", "reason": "study of epidemics on the contact graph"}
    assert ReleaseParams(products=("set4",), layouts=("d4d-civ2012",), ego_graphs=accepted).ego_graphs


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"products": ("set4",), "layouts": ("d4d-sen2014",)}, "these do: d4d-civ2012, parquet"),
        ({"products": ("indicators",), "layouts": ("d4d-civ2012",)}, "no layout of"),
        ({"recipient": "b", "recipients": {"a": AGREEMENT}}, "'b' is not one of release.recipients: a"),
        ({"recipients": {"a": AGREEMENT, "b": AGREEMENT}}, "need signing_key"),
        ({"name": "../up"}, "pattern"),
    ],
)
def test_what_makes_no_sense_is_refused(how, said):
    with pytest.raises(ValidationError, match=said):
        ReleaseParams(**how)


# -- documents ---------------------------------------------------------------------------------


def test_every_file_is_described_in_every_catalogue(store):
    documents = made(store)
    paths = {
        "data/od.parquet",
        "data/SET2/SET2_P01.CSV",
        "context/ContextData/SITE_ARR_LONLAT.CSV",
    }
    package, croissant = json.loads(documents["datapackage.json"]), json.loads(documents["croissant.json"])
    assert {r["path"] for r in package["resources"]} == paths
    assert {f["contentUrl"] for f in croissant["distribution"]} == paths
    distributions = json.loads(documents["dcat.jsonld"])["dcat:distribution"]
    assert {d["dcat:accessURL"]["@id"] for d in distributions} == paths
    told = {entry["path"]: entry for entry in digests(store, "releases/d")}
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{told[resource['path']]['sha256']}"
        is_text = not resource["path"].endswith(".parquet")
        assert resource.get("bytes") == (told[resource["path"]]["bytes"] if is_text else None)
    traces = next(r for r in package["resources"] if r["path"].endswith("P01.CSV"))
    assert [f["name"] for f in traces["schema"]["fields"]] == ["user_id", "timestamp", "site_id"]
    assert traces["dialect"] == {"delimiter": ",", "header": False}
    flows = next(r for r in package["resources"] if r["path"].endswith("od.parquet"))
    assert [f["type"] for f in flows["schema"]["fields"]] == ["integer", "number"]
    assert croissant["usageInfo"]["@type"] == "Offer"
    assert "assignee" not in json.dumps(croissant["usageInfo"])


def test_missing_numbers_of_parquet_are_told_so_that_validators_take_them(store):
    some = pa.table(
        {"level": ["all", "slot"], "origin": pa.array([None, 5], pa.int64()), "trips": [1.5, 2.0]}
    )
    store.write_bytes("releases/d/data/od_margins.parquet", parquet_bytes(some))
    package = json.loads(made(store)["datapackage.json"])
    sums = next(r for r in package["resources"] if r["path"].endswith("od_margins.parquet"))
    assert [f["type"] for f in sums["schema"]["fields"]] == ["string", "any", "number"]


def test_the_privacy_report_sorts_measured_figures_by_the_three_tests(store):
    unicity = {
        "released": {"unicity": {"4": {"value": 0.31, "high": 0.35}}},
        "control": {"unicity": {"4": {"value": 0.99, "high": 0.995}}},
    }
    linkage = {"released": {"matched": 0.2}, "control": {"matched": 0.8}}
    protection = {
        "window_days": 14,
        "od": {
            "flows": 9,
            "trips_withheld_share": 0.25,
            "dp": {"epsilon": "1", "delta": 1e-8, "cap": 4, "rho": 1},
        },
        "boxes": {"k": 3, "windows": [{"left_out_share": 0.2}, {"left_out_share": 0.3}]},
    }
    risk = {"unicity": unicity, "linkage": linkage}
    params = PARAMS.model_copy(update={"policy": PolicyParams(max_unicity=0.4)})
    documents = made(store, params=params, risk=risk, protection=protection, leak_scan={"found": 0})
    report = json.loads(documents["privacy-report.json"])
    tests = {test["test"]: test for test in report["wp29"]}
    assert list(tests) == ["singling_out", "linkability", "inference"]
    assert tests["singling_out"]["measured"]["unicity"]["after"]["unicity"]["4"]["value"] == 0.31
    assert tests["linkability"]["measured"]["linkage"]["before"]["matched"] == 0.8
    assert tests["inference"]["measured"] is None
    assert "take it that the test fails" in tests["inference"]["reading"]["en"]
    assert any("Recognise a person" in told["en"] for told in report["recipient_could"])
    (row,) = report["in_short"]["risk"]
    assert row == {
        "figure": "unicity at 4 points",
        "before": 0.995,
        "after": 0.35,
        "bound": 0.4,
        "kept": True,
    }
    made_on = [told["en"] for told in report["risk_made_on"]]
    assert made_on[0] == "unicity, linkage: made on the traces of this bundle."
    assert "outside of any epsilon" in made_on[-1]
    assert report["in_short"]["protection"] == {
        "od": {"epsilon": "1", "delta": 1e-8, "cap": 4, "withheld_share": 0.25},
        "boxes": {"k": 3, "left_out_share": 0.3},
    }
    page = documents["privacy-report.html"]
    assert "0.31" in page
    assert "outside of any epsilon" in page
    assert "http" not in page.replace("http-equiv", "")
    HTMLParser().feed(page)


def test_a_datasheet_is_there_in_two_languages_with_the_terms(store):
    documents = made(store)
    for name, word in (("datasheet.md", "Expires"), ("datasheet.fr.md", "Expire")):
        assert word in documents[name]
        assert "2027-01-31" in documents[name]
        assert "`data/SET2/SET2_P01.CSV`" in documents[name]


def test_lineage_names_no_file_and_no_folder(store):
    lineage = json.loads(made(store)["lineage.json"])
    assert lineage["inputs"] == [{"sha256": "cd", "rows_in": 5}]
    assert str(store.local()) not in json.dumps(lineage)


@pytest.mark.parametrize(
    ("auc", "bound", "kept"), [(0.55, 0.546, True), (0.56, 0.546, False), (0.54, 0.546, True)]
)
def test_a_bound_that_rounding_took_a_figure_beyond_is_told_as_kept(store, auc, bound, kept):
    """The gate saw the exact figure: 0.5459, say."""
    risk = {"membership": {"released": {"auc": {"high": auc}}, "control": {"auc": {"high": 1.0}}}}
    params = PARAMS.model_copy(update={"policy": PolicyParams(max_membership_auc=bound)})
    report = json.loads(made(store, params=params, risk=risk)["privacy-report.json"])
    assert [row["kept"] for row in report["in_short"]["risk"]] == [kept]
    assert "They judge the rule" in report["risk_made_on"][0]["en"]


def test_a_datasheet_tells_of_identifiers_that_are_there(store):
    told = made(store)["datasheet.md"]
    assert ("Identifiers of SET2" in told) == ("set2" in PARAMS.products)
    assert ("Identifiers of SET3" in told) == ("set3" in PARAMS.products)
