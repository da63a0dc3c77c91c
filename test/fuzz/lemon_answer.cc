/*
 * test/fuzz/lemon_answer.cc
 *
 * An independent answer: reads the cases that "allocate_check dump" prints and
 * compares the optimum of each with the one of LEMON's network simplex.
 */
#include <cstdio>
#include <vector>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using namespace lemon;

int
main()
{
	int			n, m, rows;
	double		expected;
	long		cases = 0;

	while (scanf("%d %d %d %lf", &n, &m, &rows, &expected) == 4)
	{
		SmartDigraph g;
		SmartDigraph::ArcMap < long long >cap(g), cost(g);
		std::vector < SmartDigraph::Node > node;
		const long long unlimited = 1000000000000000LL;

		for (int v = 0; v < n + m + 1; v++)
			node.push_back(g.addNode());
		for (int v = 0; v < n + m; v++)
		{
			long long	q;

			if (scanf("%lld", &q) != 1)
				return 2;
			SmartDigraph::Arc a = v < n ? g.addArc(node[n + m], node[v]) : g.addArc(node[v], node[n + m]);
			cap[a] = q < 0 ? unlimited : q;
			cost[a] = 0;
		}
		for (int r = 0; r < rows; r++)
		{
			int			i, j;
			double		value;
			long long	at_most;

			if (scanf("%d %d %lf %lld", &i, &j, &value, &at_most) != 4)
				return 2;
			if (!(value > 0))
				continue;
			SmartDigraph::Arc a = g.addArc(node[i], node[n + j]);
			cap[a] = at_most < 0 ? unlimited : at_most;
			cost[a] = -(long long) value;
		}
		NetworkSimplex < SmartDigraph, long long, long long >ns(g);
		ns.upperMap(cap).costMap(cost);
		if (ns.run() != ns.OPTIMAL)
		{
			printf("case %ld: the peer found no optimum\n", cases);
			return 1;
		}
		if ((double) -ns.totalCost() != expected)
		{
			printf("case %ld: %.0f here, %lld there\n", cases, expected, (long long) -ns.totalCost());
			return 1;
		}
		cases++;
	}
	printf("peer: %ld cases: ok\n", cases);
	return 0;
}
