"""SI contagion by graph-tool (Peixoto 2014), one thread a process; started and obeying like numba_workloads.py."""

import sys
import time

import graph_tool
import graph_tool.dynamics
import numpy as np

STEPS = 100


def main():
    graph_tool.openmp_set_num_threads(1)
    raw = np.fromfile(sys.argv[1], dtype="<u4")
    n, m = int(raw[0]), int(raw[1])
    pairs = raw[2:].reshape(m, 2)
    graph = graph_tool.Graph(directed=False)
    graph.add_vertex(n)
    graph.add_edge_list(pairs[pairs[:, 0] < pairs[:, 1]].astype(np.int64))
    seeds = np.fromfile(sys.argv[2], dtype="<u4")
    print("ready", flush=True)
    for line in sys.stdin:
        name, replicates, seed = line.split()
        if name != "si":
            sys.exit(f"graph_tool_si: unknown workload {name}")
        graph_tool.seed_rng(int(seed))
        final = []
        begin = time.perf_counter()
        for _ in range(int(replicates)):
            state = graph.new_vertex_property("int32_t", val=0)
            state.a[seeds] = 1
            epidemic = graph_tool.dynamics.SIState(graph, beta=0.02, r=0, s=state)
            epidemic.iterate_sync(niter=STEPS)
            final.append(int((epidemic.get_state().a == 1).sum()))
        seconds = time.perf_counter() - begin
        final = np.array(final)
        print(f"{seconds:.6f} {final.mean():.6f} {final.std(ddof=1) if len(final) > 1 else 0:.6f}", flush=True)


if __name__ == "__main__":
    main()
