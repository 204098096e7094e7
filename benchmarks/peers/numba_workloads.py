"""The workloads of benchmarks/peers/run as plain loops in Numba, one thread a process.

Started with a file of ties (little-endian uint32: n, m, then `source,target` pairs) and a file of the seeded cities
(uint32). Obeys lines on stdin, `WORKLOAD REPLICATES SEED`, each answered by `seconds mean sd` of the final adopters.
"""

import sys
import time

import numpy as np
from numba import njit

from numba_peers import STEPS, read_ties


@njit
def contagion(n, first, source, out_first, out_target, seeds, transmission):
    """SI: every susceptible city draws against its infected neighbours in every step."""
    infected = np.zeros(n, dtype=np.uint8)
    for s in seeds:
        infected[s] = 1
    fresh = np.empty(n, dtype=np.uint32)
    total = len(seeds)
    escape = 1.0 - transmission
    for _ in range(STEPS):
        k = 0
        for i in range(n):
            if infected[i]:
                continue
            count = 0
            for e in range(first[i], first[i + 1]):
                count += infected[source[e]]
            if count > 0 and np.random.random() < 1.0 - escape**count:
                fresh[k] = i
                k += 1
        for q in range(k):
            infected[fresh[q]] = 1
        total += k
        if total == n:
            break
    return total


@njit
def thresholds(n, first, source, out_first, out_target, seeds, _):
    """Linear threshold: sweeps until nothing changes."""
    adopted = np.zeros(n, dtype=np.uint8)
    for s in seeds:
        adopted[s] = 1
    threshold = np.random.random(n)
    fresh = np.empty(n, dtype=np.uint32)
    total = len(seeds)
    k = 1
    while k > 0:
        k = 0
        for i in range(n):
            if adopted[i]:
                continue
            count = 0
            degree = first[i + 1] - first[i]
            for e in range(first[i], first[i + 1]):
                count += adopted[source[e]]
            if degree > 0 and count / degree >= threshold[i]:
                fresh[k] = i
                k += 1
        for q in range(k):
            adopted[fresh[q]] = 1
        total += k
    return total


@njit
def logit(n, first, source, out_first, out_target, seeds, _):
    """W4: logit hazard, -6 + 4 times the share of neighbours that adopted."""
    adopted = np.zeros(n, dtype=np.uint8)
    fresh = np.empty(n, dtype=np.uint32)
    total = 0
    for _step in range(STEPS):
        k = 0
        for i in range(n):
            if adopted[i]:
                continue
            count = 0
            degree = first[i + 1] - first[i]
            for e in range(first[i], first[i + 1]):
                count += adopted[source[e]]
            share = count / degree if degree > 0 else 0.0
            if np.random.random() < 1.0 / (1.0 + np.exp(6.0 - 4.0 * share)):
                fresh[k] = i
                k += 1
        for q in range(k):
            adopted[fresh[q]] = 1
        total += k
    return total


@njit
def cascade(n, first, source, out_first, out_target, seeds, probability):
    """Independent cascade: a queue of new adopters, one draw a tie."""
    adopted = np.zeros(n, dtype=np.uint8)
    queue = np.empty(n, dtype=np.uint32)
    tail = 0
    for s in seeds:
        adopted[s] = 1
        queue[tail] = s
        tail += 1
    head = 0
    while head < tail:
        i = queue[head]
        head += 1
        for e in range(out_first[i], out_first[i + 1]):
            j = out_target[e]
            if adopted[j] == 0 and np.random.random() < probability:
                adopted[j] = 1
                queue[tail] = j
                tail += 1
    return tail


WORKLOADS = {"si": (contagion, 0.02), "threshold": (thresholds, 0.0), "logit": (logit, 0.0), "cascade": (cascade, 0.2)}


@njit
def seed_generator(seed):
    np.random.seed(seed)


def main():
    n, (first, source), (out_first, out_target) = read_ties(sys.argv[1])
    seeds = np.fromfile(sys.argv[2], dtype="<u4")
    tiny = np.zeros(2, dtype=np.uint32)
    for simulate, number in WORKLOADS.values():  # compiles
        simulate(1, tiny, tiny, tiny, tiny, tiny[:1], number)
    print("ready", flush=True)
    for line in sys.stdin:
        name, replicates, seed = line.split()
        simulate, number = WORKLOADS[name]
        seed_generator(int(seed))
        begin = time.perf_counter()
        final = np.array([simulate(n, first, source, out_first, out_target, seeds, number) for _ in range(int(replicates))])
        seconds = time.perf_counter() - begin
        print(f"{seconds:.6f} {final.mean():.6f} {final.std(ddof=1) if len(final) > 1 else 0:.6f}", flush=True)


if __name__ == "__main__":
    main()
