import type { Agency, Problem } from '../../../schemas/index.ts';
import { maskSample } from '../../access/people/mask-sample.ts';
import type { Queryable, Store } from '../../store/database.ts';
import type { Sample } from '../boards/try-board.ts';
import { type Compared, compareMapped, type DifferenceKind } from './compare-mapped.ts';
import { createPureAdapter } from './pure-adapter.ts';
import type { RunningRun } from './runs.ts';

/** Codes of the agency's tables, which masking leaves as they are. */
export function codesOf({ board }: Pick<Agency, 'board'>): ReadonlySet<string> {
  const tables = (board?.settings.codes ?? {}) as Record<string, unknown>;
  const isTable = (table: unknown): table is object => typeof table === 'object' && table !== null;
  return new Set(
    Object.values(tables)
      .filter(isTable)
      .flatMap((table) => Object.keys(table)),
  );
}

export interface StoredItem extends Sample {
  id: string;
  receivedAt: Date;
  outcome: 'applied' | 'parked';
  /** Why it was parked. */
  problems: Problem[] | null;
}

/** The newest items that an agency's board gave; with `parked`, those that wait for a person. */
export async function listStoredItems(
  { pool }: Pick<Store, 'pool'>,
  agency: string,
  { parked, most }: { parked: boolean; most: number },
): Promise<StoredItem[]> {
  // Two statements, each with the index that fits it.
  const of = parked
    ? "outcome = 'parked'"
    : "source = 'poll' and outcome in ('applied', 'parked') and body <> ''";
  const { rows } = await pool.query<Omit<StoredItem, 'raw'> & { body: string }>(
    `select id, external_id as "externalId", body, received_at as "receivedAt", outcome, problems from raw_items
     where agency = $1 and ${of} order by id desc limit $2`,
    [agency, most],
  );
  return rows.map(({ body, ...row }) => ({ ...row, raw: JSON.parse(body) as unknown }));
}

/** An item of which a draft makes something else, as a page shows it. */
interface ShownDifference extends Compared {
  id: string;
  externalId: string;
  receivedAt: Date;
  kind: DifferenceKind;
}

export interface DifferencePage {
  rows: ShownDifference[];
  /** The id to go on from. */
  next?: string;
}

const shown = 20;

/**
 * The differences of a run, the newest item first, mapped again as they were compared. Without `seesPersons` the values
 * come from the masked record: that a field differs can be seen, and not whose it is.
 */
export async function listDifferences(
  { pool }: Pick<Store, 'pool'>,
  run: Pick<RunningRun, 'id' | 'draft' | 'inForce'>,
  {
    kind,
    before,
    seesPersons,
  }: { kind?: DifferenceKind | undefined; before?: string | undefined; seesPersons: boolean },
): Promise<DifferencePage> {
  const rows = await readDifferences(pool, run.id, kind, before);
  const [draft, inForce] = [createPureAdapter(run.draft), run.inForce && createPureAdapter(run.inForce)];
  if (!draft) return { rows: [] };
  const codes = new Set([...codesOf(run.draft), ...(run.inForce ? codesOf(run.inForce) : [])]);
  try {
    const page = await Promise.all(
      rows.slice(0, shown).map(async ({ body, ...row }) => {
        const raw = JSON.parse(body) as unknown;
        const mappers = { draft, inForce: inForce ?? undefined };
        const compared = await compareMapped(mappers, raw);
        if (seesPersons) return { ...compared, ...row };
        const masked = await compareMapped(mappers, maskSample(raw, { codes }));
        return { ...row, ...hideValues(compared, masked) };
      }),
    );
    const last = page.at(-1);
    return { rows: page, ...(rows.length > shown && last && { next: last.id }) };
  } finally {
    await Promise.all([draft.close(), inForce?.close()]);
  }
}

/** The values of the masked record where it has the same difference; elsewhere none. */
function hideValues({ changes }: Compared, masked: Compared): Pick<Compared, 'changes' | 'problems'> {
  const known = new Map(masked.changes.map((change) => [change.pointer, change]));
  return {
    changes: changes.map(({ pointer }) => known.get(pointer) ?? { pointer }),
    problems: masked.problems,
  };
}

async function readDifferences(
  client: Queryable,
  run: string,
  kind: DifferenceKind | undefined,
  before: string | undefined,
) {
  const { rows } = await client.query<{
    id: string;
    externalId: string;
    receivedAt: Date;
    kind: DifferenceKind;
    body: string;
  }>(
    `select d.item_id as id, d.kind, r.external_id as "externalId", r.received_at as "receivedAt", r.body
     from workbench_differences d join raw_items r on r.id = d.item_id
     where d.run_id = $1 and ($2::text is null or d.kind = $2) and ($3::uuid is null or d.item_id < $3)
     order by d.item_id desc limit ${shown + 1}`,
    [run, kind ?? null, before ?? null],
  );
  return rows;
}
