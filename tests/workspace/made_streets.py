"""Streets made up for tests, published as an import would publish them."""

from datetime import datetime

from travel.lattice import make_lattice

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.snapshot.street_pack import NETWORK, STREETS, street_body
from geo_app.travel.streets import RoadClass, Streets
from geo_app.workspace.workspace import Workspace

META = {
    "source": "시험 도로망", "data_date": "2026-11-01", "file_sha256": "0" * 64, "kind": "osm", "licence": "ODbL-1.0",
    "attribution": "© OpenStreetMap contributors <b>", "edges": 0, "nodes": 0, "components": 1, "largest_share": 1.0,
    "margin_m": 2000.0, "bounds": [126.7, 35.1, 126.9, 35.2], "modes": {},
}  # fmt: skip


def made_town() -> Streets:
    """Streets every 150 m over the built-up middle of the demo district."""
    return make_lattice(126.775, 35.125, 60, 50, 150.0, road_class=RoadClass.SECONDARY)


def publish_streets(workspace: Workspace, streets: Streets) -> None:
    """Make `streets` the network of the newest revision."""
    meta = {**META, "edges": streets.n_edges, "nodes": streets.n_nodes}
    change = Change(STREETS, NETWORK, street_body(streets, meta))
    at = datetime(2026, 11, 21, 9, 0, tzinfo=SEOUL)
    workspace.publish([change], actor="tester", reason="streets", channel=Channel.OPERATOR, at=at)
