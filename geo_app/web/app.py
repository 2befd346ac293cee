"""The application: settings and a room in, a Flask app out."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from geo_app.assets import find_assets
from geo_app.settings import MAX_REQUEST_BYTES, Settings
from geo_app.web import (
    api,
    bundle,
    compare_files,
    compare_page,
    coverage,
    data_page,
    departures,
    embed,
    errors,
    feed,
    files,
    health,
    latin,
    layers,
    maps,
    openapi,
    pages,
    papers,
    pictures,
    plan_files,
    plan_page,
    reports,
    scenario_doors,
    share,
    streets,
    webapp,
    wish_files,
    wishes,
)
from geo_app.web.assets import Assets
from geo_app.web.coverage_parameters import keep_old_revisions
from geo_app.web.headers import send_headers
from geo_app.web.hosts import KnownScheme, check_host
from geo_app.web.house import House
from geo_app.web.ogc import doors as ogc
from geo_app.web.prefix import PathPrefix
from geo_app.web.room import Room

MAX_FORM_PARTS = 64


def create_app(settings: Settings, room: Room) -> Flask:
    """The whole service over one room. Its keeper must be watching, or nothing is ever fresher than the first snapshot."""
    app = Flask("geo_app", template_folder=str(find_assets("templates")), static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    assets = Assets(room.home.folder / "static")
    with room.home.lock("static"):
        assets.prepare()
    House(settings, room.keeper, assets, room.reports, room.wishes, room.scenarios, room.home).move_into(app)
    keep_old_revisions(app, room.old_revisions)
    send_headers(app, is_https=settings.public_url.startswith("https:"))
    app.before_request(check_host(settings.hosts))
    errors.handle(app)
    departures.announce(app)
    for door in (
        pages,
        maps,
        layers,
        api,
        latin,
        bundle,
        reports,
        papers,
        coverage,
        plan_page,
        plan_files,
        scenario_doors,
        compare_page,
        compare_files,
        wishes,
        wish_files,
        streets,
        embed,
        pictures,
        share,
        ogc,
        files,
        feed,
        data_page,
        webapp,
        openapi,
        health,
    ):
        app.register_blueprint(door.blueprint)
    app.wsgi_app = assets.serve(app.wsgi_app)  # type: ignore[method-assign]
    if settings.path_prefix:
        app.wsgi_app = PathPrefix(app.wsgi_app, settings.path_prefix)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(KnownScheme(app.wsgi_app), x_for=count, x_proto=count)  # type: ignore[method-assign]
    return app
