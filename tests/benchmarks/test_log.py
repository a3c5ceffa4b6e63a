"""The log's benchmark on the real product, and on products broken so that it must say so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.thai.text import find_matches
from benchmarks.log import PARTS
from benchmarks.log_oracle import Corpus, expected, texts_of
from benchmarks.log_queries import LONGEST, queries
from benchmarks.log_words import id_of, incidents, no_of

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 120.0
COUNT = 1_500


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the station is built once for all tests."""
    return tmp_path_factory.mktemp("log")


def bench(kept: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run it on a small station: its exit code, the object on its last line, its words."""
    command = [sys.executable, "-m", "benchmarks.log", "--json", "--keep", str(kept)]
    command += ["--incidents", str(COUNT), "--queries", "45", "--appends", "40"]
    command += ["--likes", "3", "--filtered", "16", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


def test_the_real_log_answers_rightly_and_every_figure_is_there(kept: Path) -> None:
    code, report, printed = bench(kept, "--parts", "search,append")
    assert "broken" not in report, printed
    assert report["recall"] == report["precision"] == report["filtered_right"] == 1, printed
    assert report["search_wrong"] == report["filtered_wrong"] == []
    assert code == bool(report["missed"])  # two noisy cores: the times themselves are not judged
    for figure in ("append_p50_ms", "raw_sqlite_p50_ms", "search_p95_ms", "like_p95_ms"):
        assert report[figure] > 0
    assert report["entries"] >= 2 * COUNT - 60
    for word in ("machine", "seed", "versions", "numpy"):
        assert word in printed


@pytest.mark.parametrize(
    ("product", "parts", "missed"),
    [
        ("search_drops_one.py", "search", {"recall", "search_p95_ms", "filtered_right"}),
        ("search_finds_inside_clusters.py", "search", {"recall", "precision"}),
        ("appends_slowly.py", "append", {"append_p95_ms", "ratio"}),
    ],
)
def test_a_broken_log_is_caught(kept: Path, product: str, parts: str, missed: set[str]) -> None:
    code, report, printed = bench(kept, "--parts", parts, "--product", str(BROKEN / product))
    assert "broken" not in report, printed
    assert code == 1
    assert missed <= set(report["missed"]), printed


def test_the_oracle_finds_what_the_clusters_say(tmp_path: Path) -> None:
    made = list(incidents(3, 1, 50))
    corpus = Corpus([(one.no, texts_of(one)) for one in made])
    asked = queries(3, 60, 50)
    assert len(set(asked)) == 60
    assert max(map(len, asked)) <= LONGEST
    for query in asked:
        right = [one.no for one in made if any(find_matches(text, query) for text in texts_of(one))]
        assert list(corpus.holding(query, 999)) == right, query


def test_chunks_of_the_oracle_join_to_one_answer() -> None:
    answer = expected(["ตลาด", "ฬฬฬ"], seed=3, count=90, closed=90, most=5, chunk=20, processes=1)
    every = expected(["ตลาด"], seed=3, count=90, closed=90, most=999, processes=1)["ตลาด"]
    assert every.is_all
    assert answer["ตลาด"].numbers == every.numbers[:5]
    assert not answer["ตลาด"].is_all
    assert (answer["ฬฬฬ"].numbers, answer["ฬฬฬ"].is_all) == ((), True)


def test_what_is_invented_is_the_same_wherever_it_is_begun() -> None:
    assert list(incidents(7, 995, 1005)) == list(incidents(7, 1, 1005))[994:]
    assert [no_of(id_of(no)) for no in (1, 77, 10**6)] == [1, 77, 10**6]
    narratives = [one.narrative for one in incidents(7, 1, 300)]
    assert 180 <= sum(map(len, narratives)) / len(narratives) <= 230
    numbers = [one.number for one in incidents(7, 36_000, 38_000)]
    assert len(set(numbers)) == len(numbers)


def test_every_part_has_limits_of_its_own() -> None:
    names = [name for part in PARTS.values() for name in (*part.most, *part.least)]
    assert len(names) == len(set(names))
