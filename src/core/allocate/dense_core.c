/*
 * src/core/allocate/dense_core.c
 *
 * Dense one-to-one markets, as a matrix of weights in which a pair that there
 * is not weighs 0.
 *
 * Rows bid for columns, each price rising to what leaves the best column no
 * better than the second; the rows that are still without a column then get
 * one each along a shortest path.  Column prices start at 0 and only rise, a
 * column without a row costs 0, and a price leaves nothing below 0, so the
 * matrix need not be square and neither side has a price below 0.  Where it is
 * square, the prices to start from may be any: most rows bid a few times with
 * a rise of epsilon before, ever finer, which leaves them near those of the
 * end, and at last all prices fall until the least is 0.
 * At the end row prices are made anew from the matrix and the two totals
 * compared, which proves the matching.
 *
 * See Jonker and Volgenant 1987, "A shortest augmenting path algorithm for
 * dense and sparse linear assignment problems", Computing 38:325-340 (here
 * without their column reduction, which needs a square matrix), and Crouse
 * 2016, "On implementing 2D rectangular assignment algorithms", IEEE TAES
 * 52(4):1679-1696.
 *
 * Time: O(rows^2 * columns); in practice a few looks at the matrix, but much
 * longer when the weights make prices fight (i * j): then the engine gives up
 * and leaves the market to another one.  Memory: 4 or 8 bytes for each place
 * of the matrix.
 * Limits: a price is at most the largest weight and once more for every phase,
 * and a distance a few times that, which the limits on weights keep within the
 * width.
 */
#include "dense_core.h"

/*
 * Solve, or return false when no proof was found in time.
 */
bool
salon_dense(SalonDense *dense, SalonHost *host)
{
	host->phase = "dense assignment";
	host->share = -1;
	return dense->narrow ? dense_narrow(dense, dense->narrow, host) :
		dense_wide(dense, dense->wide, host);
}
