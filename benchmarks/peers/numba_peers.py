"""The plain loop and the engine's event-driven algorithm in Numba, so that algorithm and language are kept apart.

Started by benchmarks/run. Reads the ties that the engine drew (little-endian uint32: n, m, then `source,target` pairs)
and then obeys lines on stdin, `CONTENDER THREADS REPLICATES`, each answered by `seconds mean sd` of the final adopters.
"""

import sys
import time

import numba
import numpy as np
from numba import njit, prange

STEPS, BASE, STRENGTH = 100, -6.0, 4.0
NEVER = 32767
LONGEST = 20000.0  # a due date beyond the clock; kept within int16


def read_ties(path):
    """CSR of in-ties (for the plain loop) and of out-ties (for pushing), as uint32."""
    raw = np.fromfile(path, dtype="<u4")
    n, m = int(raw[0]), int(raw[1])
    pairs = raw[2:].reshape(m, 2)

    def csr(key, value):
        order = np.lexsort((value, key))
        first = np.zeros(n + 1, dtype=np.uint32)
        first[1:] = np.cumsum(np.bincount(key, minlength=n))
        return first, value[order].copy()

    return n, csr(pairs[:, 1], pairs[:, 0]), csr(pairs[:, 0], pairs[:, 1])


@njit(parallel=True)
def plain(n, in_first, in_source, replicates, seed):
    """Every city looks at its in-ties and draws, in every step; parallel over replicates."""
    final = np.zeros(replicates, dtype=np.int32)
    for r in prange(replicates):
        np.random.seed(seed + r)
        adopted = np.zeros(n, dtype=np.uint8)
        adoption_time = np.full(n, -1, dtype=np.int32)
        fresh = np.empty(n, dtype=np.uint32)
        adopters = 0
        for t in range(1, STEPS + 1):
            k = 0
            for i in range(n):
                if adopted[i]:
                    continue
                begin, end = in_first[i], in_first[i + 1]
                count = 0
                for e in range(begin, end):
                    count += adopted[in_source[e]]
                share = count / (end - begin) if end > begin else 0.0
                if np.random.random() < 1.0 / (1.0 + np.exp(-(BASE + STRENGTH * share))):
                    fresh[k] = i
                    k += 1
            for q in range(k):
                adopted[fresh[q]] = 1
                adoption_time[fresh[q]] = t
            adopters += k
        final[r] = adopters
    return final


@njit(inline="always")
def due_date(remaining, hazard, t):
    wait = min(remaining / hazard, LONGEST)
    return np.int16(t - 1 + max(1, int(np.ceil(wait))))


@njit
def one_history(n, out_first, out_target, inverse_degree, seen_by, touched, fresh, remaining, hazard, since, due, count):
    """One replicate by resistance, touched lists and due dates. The arrays are scratch, reused by the thread."""
    start = np.log1p(np.exp(BASE))
    for i in range(n):
        remaining[i] = -np.log1p(-np.random.random())
        hazard[i] = start
        since[i] = 0
        count[i] = 0
        seen_by[i] = 0
        due[i] = due_date(remaining[i], start, 1)
    adopters = 0
    for t in range(1, STEPS + 1):
        k = 0
        for i in range(n):  # branch-free, so that the compiler may keep it cheap
            fresh[k] = i
            k += due[i] == t
        for q in range(k):
            due[fresh[q]] = NEVER
            seen_by[fresh[q]] = 1
        m = 0
        for q in range(k):
            i = fresh[q]
            for e in range(out_first[i], out_first[i + 1]):
                j = out_target[e]
                count[j] += 1
                touched[m] = j
                m += seen_by[j] == 0
                seen_by[j] = 1
        for q in range(m):
            j = touched[q]
            seen_by[j] = 0
            remaining[j] -= hazard[j] * (t - since[j])
            hazard[j] = np.log1p(np.exp(BASE + STRENGTH * count[j] * inverse_degree[j]))
            since[j] = t
            due[j] = due_date(remaining[j], hazard[j], t + 1)
        adopters += k
    return adopters


@njit(parallel=True)
def events(n, out_first, out_target, inverse_degree, replicates, blocks, seed):
    """Blocks of replicates, each block with its own scratch."""
    final = np.zeros(replicates, dtype=np.int32)
    for b in prange(blocks):
        np.random.seed(seed + b)
        seen_by = np.zeros(n, dtype=np.uint8)
        touched = np.empty(n + 1, dtype=np.uint32)
        fresh = np.empty(n + 1, dtype=np.uint32)
        remaining = np.empty(n, dtype=np.float64)
        hazard = np.empty(n, dtype=np.float32)
        since = np.empty(n, dtype=np.int32)
        due = np.empty(n, dtype=np.int16)
        count = np.empty(n, dtype=np.uint32)
        for r in range(b * replicates // blocks, (b + 1) * replicates // blocks):
            final[r] = one_history(
                n, out_first, out_target, inverse_degree, seen_by, touched, fresh, remaining, hazard, since, due, count
            )
    return final


def main():
    n, (in_first, in_source), (out_first, out_target) = read_ties(sys.argv[1])
    degree = np.diff(in_first.astype(np.int64))
    inverse = np.where(degree > 0, 1.0 / np.maximum(degree, 1), 0.0).astype(np.float32)

    def run(contender, threads, replicates):
        numba.set_num_threads(threads)
        begin = time.perf_counter()
        if contender == "numba-plain":
            final = plain(n, in_first, in_source, replicates, 1)
        elif contender == "numba-events":
            final = events(n, out_first, out_target, inverse, replicates, min(replicates, 16 * threads), 1)
        else:
            sys.exit(f"numba_peers: unknown contender {contender}")
        return time.perf_counter() - begin, final

    run("numba-plain", 1, 1)  # compiles
    run("numba-events", 1, 1)
    print("ready", flush=True)
    for line in sys.stdin:
        contender, threads, replicates = line.split()
        seconds, final = run(contender, int(threads), int(replicates))
        print(f"{seconds:.6f} {final.mean():.6f} {final.std(ddof=1):.6f}", flush=True)


if __name__ == "__main__":
    main()
