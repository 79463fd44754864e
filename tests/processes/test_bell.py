"""The embedded mode's bell: a worker that looks at any moment finds whole messages or none."""

import threading
import time
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue
from kombu.transport import filesystem
from kombu.utils.json import dumps

from livingwell import bell

MESSAGES = 40


def slowly(dumps):
    def dump(*args, **kwargs):
        time.sleep(0.005)
        return dumps(*args, **kwargs)

    return dump


def torn_messages(folder, transport):
    """Send messages from one thread, read them in another, and count those that could not be read."""
    for part in ("messages", "control"):
        (folder / part).mkdir()
    where = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.001,
    }
    torn = 0
    with Connection(transport=transport, transport_options=where) as sender, sender.clone() as reader:
        straight: Any = Queue(folder.name, Exchange(""), routing_key=folder.name)
        sending = threading.Thread(target=send_all, args=(sender.SimpleQueue(straight),))
        queue = reader.SimpleQueue(straight)
        sending.start()
        while sending.is_alive() or queue.qsize():
            try:
                queue.get(timeout=0.01).ack()
            except queue.Empty:
                continue
            except ValueError:
                torn += 1
        sending.join()
    return torn


def send_all(queue):
    for number in range(MESSAGES):
        queue.put({"job_id": str(number)})


def test_no_message_is_torn_however_slowly_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("livingwell.bell.dumps", slowly(dumps))
    assert torn_messages(tmp_path, bell.Transport) == 0


def test_control_the_transport_that_ours_replaces_tears_messages(tmp_path, monkeypatch):
    monkeypatch.setattr("kombu.transport.filesystem.dumps", slowly(dumps))
    assert torn_messages(tmp_path, filesystem.Transport) > 0


@pytest.mark.parametrize("part", ["messages", "control"])
def test_leaves_nothing_behind(tmp_path, part):
    torn_messages(tmp_path, bell.Transport)
    assert not [file for file in (tmp_path / part).glob("*.msg")]
