import type { Fingerprint } from '../../../adapters/contract.ts';
import { ReasonError, toReason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { type Board, toPatience } from '../boards/boards.ts';

const atOnce = 500;

/**
 * Keeps the fingerprints of a board's posts, a batch at a time, until the board has told all. Returns how many there
 * are. Throws BoardError if the board cannot be read, or is silent for longer than a call may take.
 */
export async function readBoard(
  { pool }: Store,
  board: Board,
  run: { id: string; since: Date | null },
  stop: AbortSignal,
): Promise<number> {
  await pool.query('delete from holdings where reconciliation_id = $1', [run.id]);
  await pool.query('update reconciliations set posts = 0 where id = $1', [run.id]);
  const silence = createSilenceLimit(toPatience(board) * 1000);
  const told = board.adapter.fingerprints?.(run.since ?? undefined, AbortSignal.any([stop, silence.signal]));
  if (!told) return 0;
  let batch: Fingerprint[] = [];
  const keep = async () => {
    // If two came for one post, the later one counts.
    const rows = [...new Map(batch.map((one) => [one.externalId, one])).values()];
    batch = [];
    await pool.query(
      `insert into holdings (reconciliation_id, external_id, fingerprint)
       select $1, f->>'externalId', f from jsonb_array_elements($2::jsonb) as f
       on conflict (reconciliation_id, external_id) do update set fingerprint = excluded.fingerprint`,
      [run.id, JSON.stringify(rows)],
    );
    await pool.query('update reconciliations set posts = posts + $2 where id = $1', [run.id, rows.length]);
  };
  try {
    for await (const one of told) {
      silence.heard();
      if (batch.push(one) >= atOnce) await keep();
      silence.heard();
    }
    await keep();
  } finally {
    silence.end();
  }
  const { rows } = await pool.query<{ n: number }>(
    'select count(*)::int as n from holdings where reconciliation_id = $1',
    [run.id],
  );
  return rows[0]?.n ?? 0;
}

/** Aborts the reading of a board that sends nothing for so many milliseconds. */
function createSilenceLimit(milliseconds: number) {
  const controller = new AbortController();
  let last = Date.now();
  const timer = setInterval(
    () => {
      if (Date.now() - last > milliseconds)
        controller.abort(new ReasonError(toReason('timed_out', { n: milliseconds / 1000 })));
    },
    Math.min(1000, milliseconds),
  );
  timer.unref();
  return {
    signal: controller.signal,
    heard: () => {
      last = Date.now();
    },
    end: () => clearInterval(timer),
  };
}
