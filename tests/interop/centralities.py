"""Compares centralities with numpy's eigenvalues and linear equations, with a search by hand, and with graph-tool.

centralities.py WRITE_CENTRALITIES FOLDER: the program that computes, and a folder for tables. Scores must agree to 1e-8
of the largest. Where graph-tool is not installed, that is said, and the other checks are made. Nothing here shares code
with the engine.
"""

import collections
import csv
import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy

DAMPING = 0.85


def networks():
    """Name, number of cities, ties {(source, target): weight}; a tie says that the target observes the source."""
    dice = numpy.random.default_rng(7)

    def directed(cities, count, weights=1):
        ties = {}
        while len(ties) < count:
            source, target = (int(k) for k in dice.integers(0, cities, 2))
            if source != target:
                ties[source, target] = int(dice.integers(1, weights + 1)) / 4
        return ties

    def both(ties):
        return {**ties, **{(target, source): weight for (source, target), weight in ties.items()}}

    yield "directed", 150, directed(150, 600)
    yield "weighted", 120, directed(120, 700, 9)
    yield "undirected", 150, both(directed(150, 400))
    yield "undirected and weighted", 90, both(directed(90, 300, 5))
    yield "sparse, in parts, with isolated cities", 200, both(directed(150, 130))
    yield "sparse and directed", 100, directed(100, 160)
    yield "bipartite", 60, both({(i, 30 + j): 1.0 for i in range(30) for j in range(30) if dice.random() < 0.15})
    yield "grid", 225, both(
        {(15 * i + j, 15 * i + j + 1): 1.0 for i in range(15) for j in range(14)}
        | {(15 * i + j, 15 * (i + 1) + j): 1.0 for i in range(14) for j in range(15)}
    )


def matrix_of(cities, ties):
    weights = numpy.zeros((cities, cities))
    for (source, target), weight in ties.items():
        weights[source, target] = weight
    return weights


def eigenvector(weights):
    """By numpy: of symmetric weights the part of equal scores along the largest eigenvalue; of others it is simple."""
    if (weights == weights.T).all():
        values, vectors = numpy.linalg.eigh(weights)
        kept = vectors[:, values > values[-1] * (1 - 1e-9)]
        scores = kept @ kept.sum(0)
    else:
        values, vectors = numpy.linalg.eig(weights)
        largest = values.real.max()
        (position,) = numpy.flatnonzero(numpy.abs(values - largest) < 1e-6 * largest)
        scores = vectors[:, position].real
        scores = scores * numpy.sign(scores.sum())
    return scores / scores.max()


def pagerank(weights):
    """By linear equations."""
    cities = len(weights)
    observed = weights.sum(0)
    moves = numpy.where(observed > 0, weights / numpy.where(observed > 0, observed, 1), 1 / cities)
    return numpy.linalg.solve(numpy.eye(cities) - DAMPING * moves, numpy.full(cities, (1 - DAMPING) / cities))


def betweenness(weights):
    """From all distances and numbers of paths: (s, t) depends on v by paths(s, v) paths(v, t) / paths(s, t)."""
    cities = len(weights)
    distance = numpy.full((cities, cities), numpy.inf)
    paths = numpy.zeros((cities, cities))
    after = [numpy.flatnonzero(row) for row in weights]
    for source in range(cities):
        distance[source, source], paths[source, source] = 0, 1
        queue = collections.deque([source])
        while queue:
            city = queue.popleft()
            for following in after[city]:
                if distance[source, following] == numpy.inf:
                    distance[source, following] = distance[source, city] + 1
                    queue.append(following)
                if distance[source, following] == distance[source, city] + 1:
                    paths[source, following] += paths[source, city]
    scores = numpy.zeros(cities)
    for city in range(cities):
        through = distance[:, [city]] + distance[[city], :] == distance
        through &= numpy.isfinite(distance) & (distance > 0)
        through[city, :] = through[:, city] = False
        shares = numpy.outer(paths[:, city], paths[city, :]) / numpy.where(paths > 0, paths, 1)
        scores[city] = shares[through].sum()
    return scores


def by_hand(cities, ties):
    weights = matrix_of(cities, ties)
    return {
        "degree": (weights > 0).sum(1),
        "strength": weights.sum(1),
        "eigenvector": eigenvector(weights),
        "pagerank": pagerank(weights),
        "betweenness": betweenness(weights),
    }


def by_graph_tool(cities, ties):
    """An edge leads from observer to observed. Its eigenvector is of networks in one piece that are not bipartite."""
    centrality, topology = (importlib.import_module(f"graph_tool.{each}") for each in ("centrality", "topology"))
    graph = importlib.import_module("graph_tool").Graph(directed=True)
    graph.add_vertex(cities)
    weight = graph.new_edge_property("double")
    for (source, target), value in ties.items():
        weight[graph.add_edge(target, source)] = value
    found = {
        "pagerank": centrality.pagerank(graph, damping=DAMPING, weight=weight, epsilon=1e-14).a,
        "betweenness": centrality.betweenness(graph, norm=False)[0].a,
    }
    pieces, _ = topology.label_components(graph)
    if pieces.a.max() == 0 and not topology.is_bipartite(graph):
        scores = centrality.eigenvector(graph, weight=weight, epsilon=1e-15, max_iter=100000)[1].a
        found["eigenvector"] = scores / scores.max()
    return found


def told(program, folder, cities, ties):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "ties.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([source, target, weight] for (source, target), weight in ties.items())
    subprocess.run([program, str(cities), folder / "ties.csv", folder / "scores.csv"], check=True)
    scores = {}
    with open(folder / "scores.csv", newline="", encoding="utf-8") as file:
        for _, kind, score in csv.reader(file):
            scores.setdefault(kind, []).append(float(score))
    return {kind: numpy.array(each) for kind, each in scores.items()}


def compare(name, who, found, wanted, worst):
    for kind, scores in wanted.items():
        apart = numpy.abs(found[kind] - scores).max() / max(numpy.abs(scores).max(), 1e-300)
        worst[who, kind] = max(worst.get((who, kind), 0), apart)
        if not apart <= 1e-8:
            raise SystemExit(f"{name}: {kind} is {apart:.2g} of the largest away from {who}")


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    graph_tool = importlib.util.find_spec("graph_tool") is not None
    if not graph_tool:
        print("graph-tool is not installed: not compared with it")
    worst = {}
    for name, cities, ties in networks():
        found = told(program, folder, cities, ties)
        compare(name, "numpy", found, by_hand(cities, ties), worst)
        if graph_tool:
            compare(name, "graph-tool", found, by_graph_tool(cities, ties), worst)
    for (who, kind), apart in sorted(worst.items()):
        print(f"{kind}: at most {apart:.1e} of the largest away from {who}")


if __name__ == "__main__":
    main()
