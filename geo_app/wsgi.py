"""What a WSGI server loads: `geo_app.wsgi:app`. The only module that does work when it is imported."""

import os
from threading import Thread

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.maps import warm
from geo_app.workspace.workspace import Workspace

_settings = load_settings(os.environ)
_workspace = Workspace(_settings.home)
_workspace.keeper.watch()
app = create_app(_settings, _workspace)
Thread(target=warm, args=(app, _settings.path_prefix), name="warm-map", daemon=True).start()
