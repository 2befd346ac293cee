"""Reads a collection through QGIS's OGC API provider, with the Python that QGIS is installed for, and writes what it found as JSON.

/usr/bin/python3 qgis_reading.py ADDRESS COLLECTION [WEST SOUTH EAST NORTH]
"""

import json
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

PAGE_SIZE = 7


def opened(address: str, collection: str) -> QgsVectorLayer:
    """The collection as a layer; its pages are small, so that there are some."""
    layer = QgsVectorLayer(f"url='{address}' typename='{collection}' pageSize='{PAGE_SIZE}'", collection, "OAPIF")
    if not layer.isValid():
        sys.exit(f"not valid: {layer.error().summary()} {layer.dataProvider() and layer.dataProvider().error().summary()}")
    return layer


def read(layer: QgsVectorLayer, box: list[float]) -> dict:
    """Ids, names and centres of the features, in the order they come."""
    request = QgsFeatureRequest()
    if box:
        request.setFilterRect(QgsRectangle(*box))
    found = list(layer.getFeatures(request))
    centres = [None if item.geometry().isNull() else item.geometry().centroid().asPoint() for item in found]
    return {
        "crs": layer.crs().authid(),
        "fields": [field.name() for field in layer.fields()],
        "ids": [item["id"] for item in found],
        "names": [item["name"] for item in found],
        "centres": [None if point is None else [point.x(), point.y()] for point in centres],
        "extent": [layer.extent().xMinimum(), layer.extent().yMinimum(), layer.extent().xMaximum(), layer.extent().yMaximum()],
    }


if __name__ == "__main__":
    application = QgsApplication([], False)  # noqa: FBT003 their own order: without windows
    application.initQgis()
    sys.stdout.write(json.dumps(read(opened(sys.argv[1], sys.argv[2]), [float(text) for text in sys.argv[3:7]])))
    sys.stdout.flush()
    application.exitQgis()
