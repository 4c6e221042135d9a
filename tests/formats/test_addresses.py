"""Where papers are on the web."""

from __future__ import annotations

import pytest

from paperkb.formats.addresses import pdf_address, work_address
from paperkb.model import Work


@pytest.mark.parametrize(
    ("work", "address"),
    [
        (Work("T", ids=frozenset({"doi:10.1000/x", "arxiv:1706.03762"})),
         "https://arxiv.org/abs/1706.03762"),
        (Work("T", ids=frozenset({"doi:10.1000/x"})), "https://doi.org/10.1000/x"),
        (Work("T", url="https://x.org"), "https://x.org"),
        (Work("T", url="javascript:alert(1)"), ""),
        (Work("T"), ""),
    ],
)  # fmt: skip
def test_where_a_work_is_found(work: Work, address: str) -> None:
    assert work_address(work) == address


@pytest.mark.parametrize(
    ("work", "address"),
    [
        (Work("T", arxiv="1706.03762", version=5), "https://arxiv.org/pdf/1706.03762v5"),
        (Work("T", arxiv="hep-th/9901001", pdf="x.pdf"), "https://arxiv.org/pdf/hep-th/9901001"),
        (Work("T", pdf="https://x.org/p.pdf"), "https://x.org/p.pdf"),
        (Work("T", pdf="papers/p.pdf"), ""),
        (Work("T", pdf="javascript:alert(1)"), ""),
    ],
)
def test_where_its_pdf_is(work: Work, address: str) -> None:
    assert pdf_address(work) == address
