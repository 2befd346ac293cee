"""Reading an OpenAPI definition: references followed, parameters found by name."""


def parameter(api, path, name):
    """A parameter of an operation, its reference followed."""
    for item in [*api["paths"][path].get("parameters", []), *api["paths"][path]["get"].get("parameters", [])]:
        found = resolved(api, item)
        if found["name"] == name:
            return found
    raise AssertionError((path, name))


def resolved(api, item):
    while "$ref" in item:
        found = api
        for part in item["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/")]
        item = found
    return item


def items_path(api):
    """The path of items, and of one item: with a place for the collection, or that of shelters."""
    paths = [path for path in api["paths"] if path.endswith("/items")]
    return next(path for path in paths if "/shelters/" in path or "{" in path)
