"""What a WSGI server loads: `geo_app.wsgi:app`. The only module that does work when it is imported."""

import os
from threading import Thread

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.maps import warm
from geo_app.workspace.public_room import PublicRoom
from geo_app.workspace.publisher_key import read_publisher_key
from geo_app.workspace.workspace import Workspace

_settings = load_settings(os.environ)
_room = (
    Workspace(_settings.home)
    if _settings.published_file is None
    else PublicRoom(_settings.home, _settings.published_file, read_publisher_key(_settings.publisher_key))
)
_room.keeper.watch()
app = create_app(_settings, _room)
Thread(target=warm, args=(app, _settings.path_prefix), name="warm-map", daemon=True).start()
