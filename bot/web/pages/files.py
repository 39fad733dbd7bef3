"""What can be taken away from a page: the report of its scope and period in the forms for a desk."""

from collections.abc import Mapping

from bot.reports.forms import FORMS, Form

DOWNLOADS: Mapping[str, Form] = {
    **{name: FORMS[name] for name in ("xlsx", "csv", "pdf", "pptx")},
    "png": FORMS["screen"],
}
"""By the last word of the address; whoever takes a picture from a page wants it for a screen."""
