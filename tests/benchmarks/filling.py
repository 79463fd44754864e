"""How long the demo takes to fill: `python -m pytest tests/benchmarks/filling.py`. The bar is 20 seconds."""

from time import monotonic

from django.utils import timezone

from livingwell.demo import filling


def test_filling_the_demo_takes_less_than_twenty_seconds(db: None) -> None:
    began = monotonic()
    filling.fill(seed=1, now=timezone.now())
    assert monotonic() - began < 20
