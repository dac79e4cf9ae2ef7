import { isOwnKind } from '../../../adapters/registry.ts';
import type { Agency, Stage } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import { listSwitches, type StageSwitch } from '../../configuration/stages/stage-switches.ts';
import type { Store } from '../../store/database.ts';
import { type Evidence, type Proof, readEvidence, type Step, steps, toSettingsMark } from './evidence.ts';

/** `stale`: it was proved under other settings of the board, so it has to be proved again. */
type StepState = 'passed' | 'failed' | 'not_yet' | 'stale';

interface CheckedStep {
  step: Step;
  state: StepState;
  /** Whether the agency should not become live without it. */
  needed: boolean;
  evidence: Evidence | null;
}

export interface Checklist {
  stage: Stage;
  steps: CheckedStep[];
  /** Every needed step has passed: live is offered. */
  isReady: boolean;
  /** What is known of the adapter's conformance: it comes with the hub, or as a package whose certificate nobody kept. */
  certificate: 'own' | 'package';
  switches: StageSwitch[];
}

/** Not every agency's people file on their board, and not every board takes files. */
const optional: ReadonlySet<Step> = new Set(['round_trip_back', 'files']);

/** A change of the settings that lies further back is no news. */
const mostVersions = 100;

/** So many posts of the board must be mapped; fewer only if it holds no more. */
const samplesWanted = 50;

/** What is proved of an agency's connection, computed from what was kept. Nothing is called or written. */
export async function readChecklist(store: Store, agency: Agency): Promise<Checklist> {
  const [kept, seen, switches] = await Promise.all([
    readEvidence(store, agency.code),
    computeProofs(store, agency),
    listSwitches(store, agency.code),
  ]);
  for (const { step, ...evidence } of seen) if (isNewer(evidence, kept.get(step))) kept.set(step, evidence);
  const mark = toSettingsMark(agency);
  const checked = steps.map((step): CheckedStep => {
    const evidence = kept.get(step) ?? null;
    return { step, state: toState(evidence, mark), needed: !optional.has(step), evidence };
  });
  const isReady = checked.every(({ needed, state }) => !needed || state === 'passed');
  const certificate = isOwnKind(agency.board?.adapter ?? '') ? 'own' : 'package';
  return { stage: stageOf(agency), steps: checked, isReady, certificate, switches };
}

/** A proof that passed under the settings in force is not undone by a later one that is only under way. */
const isNewer = (found: Evidence, kept: Evidence | undefined): boolean =>
  !kept || kept.settings !== found.settings || !kept.passed || found.passed;

function toState(evidence: Evidence | null, mark: string): StepState {
  if (!evidence) return 'not_yet';
  if (evidence.settings !== mark) return 'stale';
  return evidence.passed ? 'passed' : 'failed';
}

/** What the rehearsal and the test complaints prove now. It is kept for good when they are removed. */
export async function computeProofs(store: Store, agency: Agency): Promise<Proof[]> {
  const since = await findSettingsSince(store, agency);
  const settings = toSettingsMark(agency);
  const [mapping, trips] = await Promise.all([
    readMapping(store, agency.code, since),
    readTrips(store, agency.code, since),
  ]);
  return [...mapping, ...trips].map((proof) => ({ ...proof, settings }));
}

/** When the board's settings in force came into force: the oldest of the newest versions that have the same. */
async function findSettingsSince({ db }: Store, agency: Agency): Promise<Date> {
  const versions = await db
    .selectFrom('configurations')
    .select(['body', 'applied_at as appliedAt'])
    .where('kind', '=', 'agency')
    .where('name', '=', agency.code)
    .orderBy('version', 'desc')
    .limit(mostVersions)
    .execute();
  const mark = toSettingsMark(agency);
  let since = new Date(0);
  for (const { body, appliedAt } of versions) {
    if (!body || toSettingsMark(body as Agency) !== mark) break;
    since = appliedAt;
  }
  return since;
}

type Unmarked = Omit<Proof, 'settings'>;

/** The newest state of each of the newest posts that the rehearsal read. */
async function readMapping({ pool }: Store, agency: string, since: Date): Promise<Unmarked[]> {
  const { rows } = await pool.query<{ read: number; parked: number; at: Date | null; through: boolean }>(
    `select count(*)::int as read, count(*) filter (where outcome = 'parked')::int as parked, max(received_at) as at,
       exists (select from trial.boards where agency = $1 and read_through_at >= $2) as through
     from (select distinct on (external_id) external_id, outcome, received_at from (
         select external_id, outcome, received_at, id from rehearsal.raw_items where agency = $1 and received_at >= $2
         order by id desc limit 500) newest
       order by external_id, id desc limit ${samplesWanted}) posts`,
    [agency, since],
  );
  const { read = 0, parked = 0, at = null, through = false } = rows[0] ?? {};
  if (!at || read === 0) return [];
  const detail = [toReason('samples_mapped', { n: read - parked, of: read })];
  if (parked === 0 && read < samplesWanted && !through) return [];
  return [{ step: 'mapping', passed: parked === 0, detail, by: '-', at }];
}

interface Trip {
  direction: 'to_board' | 'from_board';
  madeBy: string;
  receiptNumber: string;
  parked: boolean;
  answeredAt: Date | null;
  broughtAt: Date | null;
  toldAt: Date | null;
  notTold: boolean;
  filedAt: Date | null;
  notFiled: boolean;
}

const tripsText = `
select t.direction, t.made_by as "madeBy", c.receipt_number as "receiptNumber", l.state = 'parked' as parked,
  (select min(e.at) from trial.events e where e.complaint_id = c.id and e.type = 'answered' and e.link_id = l.id) as "answeredAt",
  (select min(e.at) from trial.events e where e.complaint_id = c.id and e.type = 'answered' and e.seq <= l.held) as "broughtAt",
  (select min(n.sent_at) from trial.notices n where n.complaint_id = c.id and n.state = 'sent') as "toldAt",
  exists (select from trial.notices n where n.complaint_id = c.id and n.state = 'failed') as "notTold",
  (select max(a.created_at) from trial.attachments a left join trial.attachment_deliveries d on d.attachment_id = a.id and d.link_id = l.id
    where a.complaint_id = c.id and a.state = 'held' and (d.state = 'held' or a.link_id = l.id)) as "filedAt",
  exists (select from trial.attachments a left join trial.attachment_deliveries d on d.attachment_id = a.id and d.link_id = l.id
    where a.complaint_id = c.id and (d.state = 'parked' or a.state in ('failed', 'refused'))) as "notFiled"
from test_complaints t join trial.complaints c on c.id = t.complaint_id
  join trial.links l on l.complaint_id = c.id and l.agency = t.agency
where t.agency = $1 and t.removed_at is null and t.made_at >= $2 order by t.id desc limit 100`;

async function readTrips({ pool }: Store, agency: string, since: Date): Promise<Unmarked[]> {
  const { rows } = await pool.query<Trip>(tripsText, [agency, since]);
  return [
    ...judge(
      rows,
      'round_trip',
      (trip) => (trip.direction === 'to_board' ? trip.answeredAt : null),
      isParked('to_board'),
    ),
    ...judge(
      rows,
      'round_trip_back',
      (trip) => (trip.direction === 'from_board' ? trip.broughtAt : null),
      isParked('from_board'),
    ),
    ...judge(
      rows,
      'notice',
      ({ toldAt }) => toldAt,
      ({ notTold }) => notTold,
    ),
    ...judge(
      rows,
      'files',
      ({ filedAt }) => filedAt,
      ({ notFiled }) => notFiled,
    ),
  ];
}

const isParked =
  (of: Trip['direction']) =>
  ({ direction, parked }: Trip) =>
    direction === of && parked;

/** One test that went the whole way proves it. Where none did, one that was refused disproves it. */
function judge(
  trips: Trip[],
  step: Step,
  passedAt: (trip: Trip) => Date | null,
  isRefused: (trip: Trip) => boolean,
): Unmarked[] {
  const passed = trips.find((trip) => passedAt(trip) !== null);
  const shown = passed ?? trips.find(isRefused);
  if (!shown) return [];
  const detail = [toReason('test_complaint_shows', { number: shown.receiptNumber })];
  return [{ step, passed: Boolean(passed), detail, by: shown.madeBy, at: passedAt(shown) ?? new Date() }];
}
