/*
 * test/fuzz/lemon_matching.cc
 *
 * An independent answer: reads the graphs that "barter_check pairs" prints and
 * compares the weight of each matching with LEMON's maximum weighted matching.
 */
#include <cstdio>
#include <vector>

#include <lemon/matching.h>
#include <lemon/smart_graph.h>

using namespace lemon;

int
main()
{
	int			n, m;
	long long	expected;
	long		cases = 0;

	while (scanf("%d %d %lld", &n, &m, &expected) == 3)
	{
		SmartGraph	g;
		SmartGraph::EdgeMap < long long >weight(g);
		std::vector < SmartGraph::Node > node;

		for (int v = 0; v < n; v++)
			node.push_back(g.addNode());
		for (int e = 0; e < m; e++)
		{
			int			u, v;
			long long	w;

			if (scanf("%d %d %lld", &u, &v, &w) != 3)
				return 2;
			weight[g.addEdge(node[u], node[v])] = w;
		}
		MaxWeightedMatching < SmartGraph, SmartGraph::EdgeMap < long long > >matching(g, weight);
		matching.run();
		if ((long long) matching.matchingWeight() != expected)
		{
			printf("case %ld: %lld here, %lld there\n", cases, expected, (long long) matching.matchingWeight());
			return 1;
		}
		cases++;
	}
	printf("matching peer: %ld cases: ok\n", cases);
	return 0;
}
