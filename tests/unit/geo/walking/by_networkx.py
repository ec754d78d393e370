"""Walking distances as networkx and shapely alone find them: every stretch is looked at, and places become nodes."""

import itertools

import networkx as nx
import numpy as np
import pyproj
import shapely

TO_METRES = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
TO_DEGREES = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


class Reference:
    """The largest connected part of some ways, in metres, with places tied to it."""

    def __init__(self, lon, lat, stretches):
        """Take points in degrees, and the stretches between them."""
        self.xy = np.column_stack(TO_METRES.transform(np.asarray(lon, float), np.asarray(lat, float)))
        whole = nx.Graph()
        whole.add_nodes_from(range(len(self.xy)))
        for one, other in stretches:
            if one != other:
                whole.add_edge(one, other, weight=float(np.hypot(*(self.xy[one] - self.xy[other]))))
        self.parts = [part for part in nx.connected_components(whole) if len(part) > 1]
        self.graph = whole.subgraph(max(self.parts, key=len)).copy()
        self.edges = list(self.graph.edges)
        self.lines = shapely.linestrings([self.xy[list(edge)] for edge in self.edges])

    def tied(self, *places):
        """Return the graph with some places in it, named by their numbers, and how far each is from its way."""
        graph, on_edge, away = self.graph.copy(), {}, []
        for number, place in enumerate(places):
            point = shapely.Point(place)
            distances = shapely.distance(self.lines, point)
            at = int(distances.argmin())
            away.append(float(distances[at]))
            on_edge.setdefault(at, []).append((float(shapely.line_locate_point(self.lines[at], point)), number))
        for at, held in on_edge.items():
            one, other = self.edges[at]
            stops = [(0.0, one), *((along, ("foot", number)) for along, number in sorted(held))]
            stops.append((float(shapely.length(self.lines[at])), other))
            for (start, first), (end, last) in itertools.pairwise(stops):
                graph.add_edge(first, last, weight=end - start)
        for number, metres in enumerate(away):
            graph.add_edge(("place", number), ("foot", number), weight=metres)
        return graph, away

    def between(self, one, other):
        """Return how far it is from one place to another."""
        graph, _ = self.tied(one, other)
        return nx.shortest_path_length(graph, ("place", 0), ("place", 1), weight="weight")

    def from_one(self, one, others):
        """Return how far it is from one place to each of some others."""
        graph, _ = self.tied(one, *others)
        found = nx.single_source_dijkstra_path_length(graph, ("place", 0), weight="weight")
        return np.array([found[("place", number + 1)] for number in range(len(others))])
