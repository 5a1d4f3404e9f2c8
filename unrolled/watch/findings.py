"""All that is looked for in a watched run."""

from unrolled.findings import Finding
from unrolled.trace import Trace
from unrolled.watch.describe import Seen
from unrolled.watch.evidence import Evidence
from unrolled.watch.habits import HABITS
from unrolled.watch.mistakes import MISTAKES


def evidence_of(run: Seen, trace: Trace) -> Evidence:
    """Gather what findings are looked for in."""
    chain = run.parts[-1].chains[0]
    call = chain.calls[0]
    return Evidence(
        trace,
        reads=run.reads,
        padded=run.padded,
        restarts=any(c.restarts for part in run.parts for c in part.chains),
        packed=call.layout.packed is not None,
        batch_first=bool(getattr(call.module, "batch_first", False)),
        swapped=run.swapped,
        name=call.name or "rnn",
    )


def findings_of(evidence: Evidence) -> tuple[Finding, ...]:
    """Look for everything: mistakes of wiring first, then what units, gates and gradients do."""
    return tuple(finding for look in (*MISTAKES, *HABITS) for finding in look(evidence))
