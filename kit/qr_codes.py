"""QR codes: an address as a picture that the camera of a phone reads."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str) -> SafeString:
    """Return `address` as an SVG of its own for a page: dark on white in every palette, without inline style.

    Error correction M: a creased card still reads (ISO/IEC 18004).
    """
    picture = segno.make(address, error="m", micro=False)
    svg = picture.svg_inline(dark="#000", light="#fff", scale=4, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308 - shapes alone: no word of anybody stands in it
