"""Open, closed or unknown for every place of a layer at one time."""

from datetime import datetime

from geo_app.snapshot.snapshot import Snapshot


def layer_states(snapshot: Snapshot, layer_name: str, at: datetime) -> dict[str, tuple[str, str | None, str | None]]:
    """Id → (state, local time of Seoul at which it changes, what it then becomes), in the order of ids. Raises `UnknownLayer`."""
    layer = snapshot.get_layer(layer_name)
    answers = layer.opening.answers(at, snapshot.calendar)
    return {
        site_id: (answer.state.value, None if answer.until is None else answer.until.strftime("%Y-%m-%dT%H:%M"), answer.then)
        for site_id, answer in zip(layer.ids, answers, strict=True)
    }
