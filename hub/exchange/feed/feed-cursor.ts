import type { Queryable } from '../../store/database.ts';

/** Raised for a cursor beyond everything that was given out. A client that reads on from it would wait for ever. */
export class UnknownCursor extends Error {
  constructor(cursor: string, newest: string) {
    super(
      `the cursor ${cursor} was never given out (the newest is ${newest}): it is of another hub, or this one was restored from ` +
        'an older copy. Fetch once without a cursor: that begins at the first change that is not acknowledged',
    );
    this.name = 'UnknownCursor';
  }
}

/** Call it before anything new is given out: a valid cursor was given out before. Errors: {@link UnknownCursor}. */
export async function mustBeGivenOut(
  client: Queryable,
  agency: string,
  cursor: string | undefined,
): Promise<void> {
  if (cursor === undefined) return;
  const { rows } = await client.query<{ position: string }>({
    name: 'feed-position',
    text: 'select position from feeds where agency = $1',
    values: [agency],
  });
  const newest = rows[0]?.position ?? '0';
  if (BigInt(cursor) > BigInt(newest)) throw new UnknownCursor(cursor, newest);
}
