"""What the wire form costs: 4 significant digits by orjson, against the standard library's JSON."""

import gzip
import json

import torch

from benchmarks.recording import INPUT_SIZE, network
from benchmarks.timing import compare, seconds
from unrolled import Trace, record


def measure_encoding() -> None:
    """Print times and sizes for one long trace."""
    trace = record(network("lstm", 128), torch.randn(200, INPUT_SIZE))
    exact, short = trace.to_json(), trace.to_json(digits=4)
    document = json.loads(exact)
    rounded = compare(lambda: json.dumps(document), lambda: trace.to_json(digits=4), rounds=5)
    full = compare(lambda: json.dumps(document), trace.to_json, rounds=5)
    packed = gzip.compress(short, 1)
    print("\nWire encoding (LSTM, hidden 128, T = 200: 153,600 recorded values)")
    print(f"  exact        {full.other_ms:7.1f} ms  {full.ratio:5.2f}x the standard library  {len(exact):>9,} bytes")
    print(f"  4 digits     {rounded.other_ms:7.1f} ms  {rounded.ratio:5.2f}x  {len(short):>31,} bytes")
    gzipping = seconds(lambda: gzip.compress(short, 1)) * 1e3
    print(f"  + gzip -1    {gzipping:7.1f} ms {'':>6} {len(packed):>31,} bytes")
    print(f"  reading back {seconds(lambda: Trace.from_json(short)) * 1e3:7.1f} ms")
