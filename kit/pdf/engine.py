"""WeasyPrint, if this system can run it: the one place that finds out."""

try:
    import weasyprint
    from weasyprint.text import ffi
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:  # Pango is not there
    PDF_AVAILABLE = False
    weasyprint = ffi = URLFetcherResponse = None
    URLFetcher = object
else:
    PDF_AVAILABLE = True

HOW_TO_SWITCH_ON = (
    "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)

__all__ = ["HOW_TO_SWITCH_ON", "PDF_AVAILABLE", "URLFetcher", "URLFetcherResponse", "ffi", "weasyprint"]
