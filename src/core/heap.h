/*
 * src/core/heap.h
 *
 * A binary heap in an array, and a sort by it, for one type of elements.  The
 * file that includes it defines
 *
 *   HEAP					how the names of the functions begin
 *   HEAP_ELEMENT			the type
 *   HEAP_ABOVE(a, b, by)	does *a belong above *b?
 *   HEAP_BY				the type of "by", what an order needs beside the
 *							elements; left out, it is NULL
 *
 * and may do so several times.  Nothing here recurses or takes memory.
 */
#include "core.h"

#ifndef HEAP_BY
#define HEAP_BY const void *
#endif

#define HEAP_PASTE(a, b) a ## b
#define HEAP_NAME(a, b) HEAP_PASTE(a, b)
#define heap_sink HEAP_NAME(HEAP, _sink)
#define heap_rise HEAP_NAME(HEAP, _rise)
#define heap_pop HEAP_NAME(HEAP, _pop)
#define heap_sort HEAP_NAME(HEAP, _sort)

/*
 * Let the element at a place sink to where it belongs.
 */
static inline void
heap_sink(HEAP_ELEMENT *heap, int32_t count, int32_t at, HEAP_BY by)
{
	HEAP_ELEMENT moving = heap[at];

	for (;;)
	{
		int32_t		child = 2 * at + 1;

		if (child >= count)
			break;
		if (child + 1 < count &&
			HEAP_ABOVE(&heap[child + 1], &heap[child], by))
			child++;
		if (!HEAP_ABOVE(&heap[child], &moving, by))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moving;
}

/*
 * Let it rise.
 */
static inline void
heap_rise(HEAP_ELEMENT *heap, int32_t at, HEAP_BY by)
{
	HEAP_ELEMENT moving = heap[at];

	while (at > 0 && HEAP_ABOVE(&moving, &heap[(at - 1) / 2], by))
	{
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = moving;
}

/*
 * Take the top off.
 */
static inline HEAP_ELEMENT
heap_pop(HEAP_ELEMENT *heap, int32_t *count, HEAP_BY by)
{
	HEAP_ELEMENT top = heap[0];

	heap[0] = heap[--*count];
	heap_sink(heap, *count, 0, by);
	return top;
}

/*
 * Sort an array: what belongs on top comes last.
 */
static inline void
heap_sort(HEAP_ELEMENT *array, int32_t count, HEAP_BY by, SalonSteps *steps)
{
	for (int32_t k = count / 2 - 1; k >= 0; k--)
	{
		heap_sink(array, count, k, by);
		salon_steps(steps, 2);
	}
	while (count > 1)
	{
		HEAP_ELEMENT top = heap_pop(array, &count, by);

		array[count] = top;
		salon_steps(steps, 32);
	}
}

#undef heap_sort
#undef heap_pop
#undef heap_rise
#undef heap_sink
#undef HEAP_NAME
#undef HEAP_PASTE
#undef HEAP_BY
#undef HEAP_ABOVE
#undef HEAP_ELEMENT
#undef HEAP
