"""The bell of the embedded mode: files in a folder. kombu's own has two faults, met while killing workers.

*Torn messages.* Its files are opened under their final name and filled afterwards. A worker that looks in
between reads an empty message and ends for good. Ours are filled under another name first.

*Locked pools.* A worker that waits for its broker by sleeping gets Celery's older pool, whose processes share
locks; one that is killed while it holds a lock stops all the others, one time in about twenty-five. A worker
with an event loop gets the pool that production has, whose processes share nothing. So ours looks into the
folder from that loop.
"""

import os
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts whole messages into the folder."""

    def _put(  # type: ignore[override]  # kombu names it in two ways
        self, queue: str, payload: dict[str, Any], **_: Any
    ) -> None:
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        aside = Path(self.control_folder) / name
        aside.write_text(dumps(payload))
        os.replace(aside, Path(self.data_folder_out) / name)  # noqa: PTH105 - says what matters: at once


class Transport(filesystem.Transport):
    """kombu's files, with whole messages, read from the worker's event loop."""

    Channel = Channel
    implements = filesystem.Transport.implements.extend(asynchronous=True)

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look into the folder again and again, and take what the worker has hands for."""
        loop.call_repeatedly(self.polling_interval, self._take_from, self.cycle)

    def _take_from(self, channels: Any) -> None:
        with suppress(Empty):
            while True:
                channels.get(self._deliver)


TRANSPORT_ALIASES["whole-files"] = "livingwell.bell:Transport"
