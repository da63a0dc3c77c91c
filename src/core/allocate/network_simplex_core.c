/*
 * src/core/allocate/network_simplex_core.c
 *
 * Primal network simplex for the transportation problem with slack.
 *
 * A root node takes what suppliers keep and gives what demanders do not get.
 * The first basis is its slack arcs, or where most arcs have limits what a
 * greedy choice makes of them: both are feasible and strongly feasible, so no
 * big cost and no first phase are needed.  The tree is held as the order in
 * which a walk through it meets the nodes, with the sizes of subtrees; the
 * entering arc is the worst one of a block of arcs; the leaving arc is the last
 * one that blocks, seen in the direction of the flow from the join of the
 * cycle, which keeps the tree strongly feasible, so the method cannot cycle
 * (Cunningham 1976, "A network simplex method", Math. Prog. 11:105-116; block
 * search: Grigoriadis 1986; subtree sizes for the join, and arcs in mixed
 * order: see Kovacs 2015, "Minimum-cost flow algorithms: an experimental
 * evaluation", OMS 30(1):94-127).
 *
 * Arcs are looked at in strides of about the root of their number, so that a
 * block holds arcs of many suppliers: where many values are equal, one after
 * the other would be moved to the same party otherwise.
 *
 * Prices are kept so that the price of a supplier and that of a demander sum
 * up to the weight on every tree arc, and the root's is 0: an arc outside the
 * tree can improve the result when its weight exceeds the sum of the prices
 * of its ends, a slack arc when the price of its party is negative.
 *
 * Time: exponential in theory, near (parties * arcs) ^ 1 to 1.2 in practice.
 * Memory: 16 bytes an arc and 44 a party, and one byte an arc if some arc has
 * a limit; 8 bytes more for each with wide numbers.
 * Limits: parties * max_weight * 4 < 2^63, or 2^127 with wide numbers; parties
 * and arcs < 2^30.
 */
#define PRICE int64_t
#include "network_simplex_template.h"

/*
 * Solve.  "careful" looks at all arcs before every choice, which is slow but
 * takes another way through the bases.  False if there is no finite optimum,
 * or none was found within about that many steps.
 */
bool
salon_network_simplex(SalonTransport *t, SalonHost *host, bool careful,
					  int64_t steps)
{
	int64_t    *price = salon_host_array(host, (size_t) t->suppliers +
										 (size_t) t->demanders + 1,
										 sizeof(int64_t));
	bool		solved = solve(t, host, t->weight, price, careful, steps);

	if (solved)
	{
		memcpy(t->supplier_price, price,
			   sizeof(int64_t) * (size_t) t->suppliers);
		memcpy(t->demander_price, price + t->suppliers,
			   sizeof(int64_t) * (size_t) t->demanders);
	}
	salon_host_release(host, price);
	return solved;
}
