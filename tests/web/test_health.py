"""`/healthz`, `/readyz`."""

from datetime import UTC, datetime

from geo_app.settings import load_settings
from geo_app.web.app import create_app


def test_reports_that_cannot_be_read_are_told_and_turn_nobody_away(workspace):
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    assert client.get("/readyz").text == "ready: revision 3\n"
    with workspace.desk.lend_for_writing() as connection:
        connection.execute("ALTER TABLE reports RENAME TO lost")
    workspace.reports.look(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready: revision 3\nreports cannot be read: BrokenStore\n")
