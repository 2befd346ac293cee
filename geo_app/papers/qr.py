"""The QR code of an address."""

from io import BytesIO

import segno

QUIET_MODULES = 4  # ISO/IEC 18004 asks for four modules of light around the code


def qr_svg(address: str) -> str:
    """An SVG of the QR code with its quiet zone; a quarter of it may be scratched (error correction Q, more where it costs no size).

    Raises `segno.DataOverflowError` for an address of more than about 1,600 bytes.
    """
    stream = BytesIO()
    segno.make_qr(address, error="q", boost_error=True).save(
        stream,
        kind="svg",
        border=QUIET_MODULES,
        dark="#000000",
        light="#ffffff",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return stream.getvalue().decode("utf-8")
