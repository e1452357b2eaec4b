"""Taps a second and their delay under several tablets at once, beside the smallest endpoint.

python -m bench.taps [--clients 16] [--seconds 8] [--rounds 3]
"""

import argparse
import http.client
import json
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--clients", type=int, default=16)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    rows = {"checkin": [], "floor": []}
    for _ in range(asked.rounds):
        for name, server in (("checkin", checkin_server), ("floor", floor_server)):
            with server() as (port, token):
                rows[name].append(load(port, token, asked.clients, asked.seconds))
    print(
        f"{asked.clients} clients, {asked.seconds:g} s, median of {asked.rounds} runs side by side"
    )
    print(f"{'':10} {'taps/s':>8} {'p50 ms':>8} {'p99 ms':>8}")
    medians = {}
    for name, runs in rows.items():
        medians[name] = [statistics.median(column) for column in zip(*runs, strict=True)]
        print("{:10} {:8.0f} {:8.1f} {:8.1f}".format(name, *medians[name]))
    ratios = [a / b for a, b in zip(medians["checkin"], medians["floor"], strict=True)]
    print("{:10} {:8.2f} {:8.2f} {:8.2f}".format("ratio", *ratios))


@contextmanager
def checkin_server():
    with tempfile.TemporaryDirectory() as place:
        port = free_port()
        command = ["checkin", "demo", "--no-history", "--dir", place, "--port", str(port)]
        with running([sys.executable, "-m", *command], port):
            facts = json.loads((Path(place) / "demo.json").read_text())
            yield port, facts["tablets"][2]["token"]


@contextmanager
def floor_server():
    with tempfile.TemporaryDirectory() as place:
        port = free_port()
        with running([sys.executable, "-m", "bench.floor", place, str(port)], port):
            yield port, "none"


@contextmanager
def running(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def load(port, token, clients, seconds):
    delays, stop = [], time.monotonic() + seconds
    threads = [
        threading.Thread(target=tap_until, args=(port, token, stop, delays)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delays.sort()
    percentile = [delays[int(len(delays) * share)] * 1000 for share in (0.5, 0.99)]
    return len(delays) / seconds, *percentile


def tap_until(port, token, stop, delays):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    while time.monotonic() < stop:
        tap = {"key": secrets.token_hex(16), "day": day, "round": "check-in", "feeling": 1}
        body = json.dumps({"taps": [tap | {"helps": 0}], "waiting": 0})
        began = time.monotonic()
        connection.request("POST", "/tablet/taps", body, headers)
        answer = json.loads(connection.getresponse().read())
        delays.append(time.monotonic() - began)
        assert answer["results"][0]["status"] == "stored", answer


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
