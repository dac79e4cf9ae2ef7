import { createHash } from 'node:crypto';
import type { CheckReport, ShapePlace } from '../../../adapters/contract.ts';
import type { Agency } from '../../../schemas/index.ts';
import { fromGiven, type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import type { Queryable, Store } from '../../store/database.ts';
import type { Board } from '../boards/boards.ts';
import { checkBoard } from '../boards/try-board.ts';

/** The steps that are proved by evidence, in the order in which a person takes them. */
export const steps = [
  'reach',
  'rights',
  'shape',
  'mapping',
  'round_trip',
  'round_trip_back',
  'notice',
  'files',
] as const;
export type Step = (typeof steps)[number];

/** What was seen of one step: by whom, when, and under which settings of the board. */
export interface Evidence {
  passed: boolean;
  detail: Reason[];
  settings: string;
  by: string;
  at: Date;
}
export type Proof = Evidence & { step: Step };

/** Evidence counts for the settings under which it was seen: another mapping is another board. */
export const toSettingsMark = ({ board }: Pick<Agency, 'board'>): string =>
  createHash('sha256')
    .update(JSON.stringify(board ?? null))
    .digest('hex')
    .slice(0, 16);

export async function saveProofs(client: Queryable, agency: string, proofs: Proof[]): Promise<void> {
  for (const { step, passed, detail, settings, by, at } of proofs)
    await client.query(
      `insert into stage_evidence (agency, step, passed, detail, settings, checked_by, checked_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (agency, step) do update set passed = excluded.passed, detail = excluded.detail, settings = excluded.settings,
         checked_by = excluded.checked_by, checked_at = excluded.checked_at`,
      [agency, step, passed, JSON.stringify(detail), settings, by, at],
    );
}

export async function readEvidence({ db }: Pick<Store, 'db'>, agency: string): Promise<Map<Step, Evidence>> {
  const rows = await db.selectFrom('stage_evidence').selectAll().where('agency', '=', agency).execute();
  return new Map(
    rows.map(({ step, passed, detail, settings, checked_by: by, checked_at: at }) => [
      step as Step,
      { passed, detail: detail ?? [], settings, by, at },
    ]),
  );
}

/** Lines of a check that are about reaching the board, and about what we may do there. All others are about its shape. */
const reachLines = [
  'checked_board',
  'checked_database',
  'checked_wsdl',
  'checked_mailbox',
  'checked_sending',
  'checked_agent',
];
const rightLines = [
  'checked_right',
  'checked_excess',
  'checked_readers',
  'checked_folder',
  'checked_reading',
];

/** What else is wrong shows when these are mended. */
const mostLines = 5;
const shapeWithin = 60_000;

/** Asks the board what can be asked without writing: whether it answers, lets the hub in, and looks as expected. */
export async function proveBoard(board: Board, by: string): Promise<Proof[]> {
  const [report, shape] = [await checkBoard(board), await readShape(board)];
  const settings = toSettingsMark(board.agency);
  const at = new Date();
  const prove = (step: Step, lines: Line[]): Proof => ({
    step,
    passed: lines.every(({ ok }) => ok),
    detail: lines
      .filter(({ ok }) => !ok || lines.length === 1)
      .slice(0, mostLines)
      .flatMap(({ what, detail }) => [what, detail]),
    settings,
    by,
    at,
  });
  const sorted = sortLines(report);
  const proofs = [prove('reach', sorted.reach)];
  // A board that was not reached has told nothing of the rest.
  if (!proofs[0]?.passed) return proofs;
  return [...proofs, prove('rights', sorted.rights), prove('shape', [...sorted.shape, ...shape])];
}

interface Line {
  what: Reason;
  ok: boolean;
  detail: Reason;
}

function sortLines({ lines }: CheckReport): Record<'reach' | 'rights' | 'shape', Line[]> {
  const sorted: Record<'reach' | 'rights' | 'shape', Line[]> = { reach: [], rights: [], shape: [] };
  for (const [n, { what, ok, detail }] of lines.entries()) {
    const line = { what: fromGiven(what), ok, detail: fromGiven(detail) };
    const { code } = line.what;
    // The first line of an adapter from outside tells whether it reached its board.
    const step =
      reachLines.includes(code) || n === 0 ? 'reach' : rightLines.includes(code) ? 'rights' : 'shape';
    sorted[step].push(line);
  }
  return sorted;
}

/** Codes that the board uses and the configuration does not know: each would be parked. */
async function readShape({ adapter }: Board): Promise<Line[]> {
  if (!adapter.shape) return [];
  try {
    const places = await adapter.shape(AbortSignal.timeout(shapeWithin));
    return places.filter(hasUnknown).map(({ place, unmapped = [] }) => ({
      what: toReason('board_place', { place }),
      ok: false,
      detail: toReason('codes_unmapped', { codes: unmapped.join(', ') }),
    }));
  } catch (error) {
    return [{ what: toReason('board_shape'), ok: false, detail: reasonOf(error) }];
  }
}

const hasUnknown = ({ unmapped }: ShapePlace) => (unmapped?.length ?? 0) > 0;
