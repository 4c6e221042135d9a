"""Files that are copied: the stylesheet, and what notes refer to."""

from __future__ import annotations

from pathlib import Path

from paperkb.resources import templates_folder
from paperkb.site.build import build_site
from tests.site.conftest import Site
from tests.vaults import load, write_files


def test_a_vaults_own_stylesheet_goes_first(site: Site) -> None:
    out = site({"templates/static/site.css": "body{}", "templates/static/extra/x.js": "1"})
    assert (out / "static/site.css").read_text() == "body{}"
    assert (out / "static/extra/x.js").read_text() == "1"
    shipped = (templates_folder() / "static/icon.svg").read_bytes()
    assert (out / "static/icon.svg").read_bytes() == shipped


def test_a_shipped_script_is_without_remarks_and_a_vaults_own_as_it_is(site: Site) -> None:
    own = "// mine\n\n  alert( 1 )\n"
    out = site({"templates/static/mine.js": own})
    assert (out / "static/mine.js").read_text() == own
    shipped = (templates_folder() / "static/search-engine.js").read_text()
    served = (out / "static/search-engine.js").read_text()
    assert shipped.startswith("// ") and "/**" in shipped
    assert "// " not in served and "/**" not in served and len(served) < 0.8 * len(shipped)


def test_attachments_are_copied_byte_for_byte_and_follow_their_source(
    site: Site, tmp_path: Path
) -> None:
    data = bytes(range(256))
    out = site({"a.md": "![](pic.png)", "pic.png": data})
    assert (out / "files/pic.png").read_bytes() == data
    write_files(tmp_path / "vault", {"pic.png": b"other"})
    assert build_site(load(tmp_path / "vault"), out).written.written == 1
    assert (out / "files/pic.png").read_bytes() == b"other"
