/** One page of a list, read by keyset: what stands before or after a place, however long the list is. */
export interface Page<Row> {
  rows: Row[];
  /** Cursors of the neighbouring pages; absent where there is none. */
  previous?: string;
  next?: string;
}

/** Where to read: after a row, before a row, or from the beginning. */
export interface Place {
  after?: string;
  before?: string;
  /** Rows at the most; {@link pageSize} unless told. */
  size?: number;
}

export const pageSize = 20;

/** A page of a list that is in memory, sorted by `toCursor`. */
export function toPageOfList<Row>(list: Row[], place: Place, toCursor: (row: Row) => string): Page<Row> {
  const { after, before, size = pageSize } = place;
  const rows =
    before === undefined
      ? list.filter((row) => after === undefined || toCursor(row) > after)
      : list.filter((row) => toCursor(row) < before).reverse();
  return toPage(rows.slice(0, size + 1), place, toCursor);
}

/**
 * A page from rows that were read in the order of reading (backwards with `before`), one more than fit when the
 * list goes on.
 */
export function toPage<Row>(rows: Row[], place: Place, toCursor: (row: Row) => string): Page<Row> {
  const backwards = place.before !== undefined;
  const { size = pageSize } = place;
  const goesOn = rows.length > size;
  const shown = rows.slice(0, size);
  if (backwards) shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const hasPrevious = backwards ? goesOn : place.after !== undefined;
  const hasNext = backwards || goesOn;
  return {
    rows: shown,
    ...(first !== undefined && hasPrevious && { previous: toCursor(first) }),
    ...(last !== undefined && hasNext && { next: toCursor(last) }),
  };
}
