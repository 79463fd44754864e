"""Two tags for templates: a component with HTML inside it, and the title of a page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag(end_name="endpart")
def part(content: SafeString, component: str, **parameters: Any) -> SafeString:
    """Put HTML inside a component: {% part "card" heading="Tea" %}<p>…</p>{% endpart %}."""
    return render_to_string(f"components/{component}.html", {**parameters, "content": content})


@register.simple_block_tag(end_name="endtitle")
def title(content: SafeString) -> str:
    """Join the lines between the tags with dashes, leaving out the empty ones."""
    lines = (line.strip() for line in content.splitlines())
    return SafeString(" \N{EN DASH} ".join(line for line in lines if line))
