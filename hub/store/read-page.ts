/** One page of a list, read by keyset pagination: the rows before or after a place, however long the list is. */
export interface Page<Row> {
  rows: Row[];
  /** Cursors of the neighbouring pages. Absent: there is none. */
  previous?: string;
  next?: string;
}

/** Where to read: after a row, before a row, or from the beginning. */
export interface Place {
  after?: string;
  before?: string;
  /** The most rows; {@link pageSize} unless given. */
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
 * Makes a page from rows in the order in which they were read (backwards with `before`). There is one row more than
 * fits if the list goes on.
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
