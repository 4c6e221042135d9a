"""A cluster may parse: any executor with the interface of ``concurrent.futures`` will do."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.config import Settings
from paperkb.library.load import load_library
from tests.vaults import write_files


def test_a_dask_cluster_parses_a_collection(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra «cluster» is not installed")
    write_files(
        tmp_path, {f"n{n}.md": f"# Note {n}\n[[n{n - 1}]] $x^{n}$\n" for n in range(1, 150)}
    )
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        library = load_library(tmp_path, Settings(), executor=client.get_executor())
    here = load_library(tmp_path, Settings())
    assert library.notes == here.notes
    assert library.resolutions == here.resolutions
    assert [library.body(note) for note in library.notes] == [
        here.body(note) for note in here.notes
    ]
