import { type Problem, toReason } from '../../../schemas/reason.ts';
import { toKeyActor } from '../../access/keys/key-actor.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Calendar } from '../../clock/calendar.ts';
import { Refusal } from '../../http/problem.ts';
import type { Outcome, RequestFacts, RequestKind, RequestState } from '../../personal/requests/request.ts';
import { receiveRequest } from '../../personal/requests/requests.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { mustBeOpen } from './may-call.ts';
import { toReader } from './to-reader.ts';

/** What an agency passes on for a person. */
export interface PassedRequest extends RequestFacts {
  externalId: string;
  kind: RequestKind;
  /** When the agency got it: the ten days run from that day. Absent: now. */
  receivedAt?: string;
}

/** Where a request stands, without whose it is: the agency knows that. */
export interface RequestStanding {
  number: string;
  externalId: string;
  kind: RequestKind;
  state: RequestState;
  receivedAt: Date;
  dueAt: Date;
  decision: Outcome | null;
  toldAt: Date | null;
}

interface Dependencies {
  store: Store;
  directory: { clock(): { calendar: Calendar } };
}

/** Takes a request that an agency passes on. Said twice, it is the same one. Errors: Refusal. */
export async function passRequest(
  { store, directory }: Dependencies,
  caller: Caller,
  { externalId, kind, receivedAt, ...facts }: PassedRequest,
): Promise<{ standing: RequestStanding; isRepeated: boolean }> {
  mustBeOpen(caller, 'passSubjectRequest');
  const at = receivedAt === undefined ? new Date() : new Date(receivedAt);
  const problems: Problem[] = [
    ...(at > new Date() ? [{ pointer: '/receivedAt', reason: toReason('request_future') }] : []),
    ...(kind === 'correct' && Object.keys(facts.correction ?? {}).length === 0
      ? [{ pointer: '/correction', reason: toReason('request_correction') }]
      : []),
  ];
  if (problems.length > 0) throw new Refusal('invalid', undefined, problems);
  const { agency, keyId } = caller;
  const { number, isRepeated } = await withPersonal(
    store,
    toReader(caller, 'rest', 'passSubjectRequest'),
    async (opened, tell) => {
      const made = await receiveRequest(
        opened,
        {
          ...{ kind, way: 'rest', receivedAt: at, facts, by: toKeyActor(keyId) },
          from: { agency, externalId },
        },
        directory.clock().calendar,
      );
      tell({
        ...{ act: 'change', purpose: 'subject_request', subjects: [made.id] },
        ...{ items: ['name', 'contact', 'text'], masked: false },
      });
      return made;
    },
  );
  return { standing: await mustFindStanding({ store }, agency, number), isRepeated };
}

const columns = `number::text, external_id as "externalId", kind, state, received_at as "receivedAt", due_at as "dueAt", decision, told_at as "toldAt"`;
const isNumber = /^[1-9]\d{0,17}$/;

/** One that this agency passed on. Errors: Refusal `not-found`. */
export async function getRequest(store: Store, caller: Caller, number: string): Promise<RequestStanding> {
  mustBeOpen(caller, 'getSubjectRequest');
  return mustFindStanding({ store }, caller.agency, number);
}

async function mustFindStanding(
  { store }: Pick<Dependencies, 'store'>,
  agency: string,
  number: string,
): Promise<RequestStanding> {
  const { rows } = isNumber.test(number)
    ? await store.pool.query<RequestStanding>(
        `select ${columns} from subject_requests where number = $1 and agency = $2`,
        [number, agency],
      )
    : { rows: [] };
  const [found] = rows;
  if (!found) throw new Refusal('not-found');
  return found;
}

const toCursor = ({ number }: RequestStanding) => number;
/** Beyond every request. */
const lastNumber = '999999999999999999';

/** Those that this agency passed on, the newest first. */
export async function listOwnRequests(
  { pool }: Pick<Store, 'pool'>,
  caller: Caller,
  place: Place,
): Promise<Page<RequestStanding>> {
  mustBeOpen(caller, 'listSubjectRequests');
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<RequestStanding>(
    `select ${columns} from subject_requests where agency = $1 and number ${backwards ? '>' : '<'} $2
     order by number ${backwards ? 'asc' : 'desc'} limit $3`,
    [
      caller.agency,
      place.before ?? place.after ?? (backwards ? '0' : lastNumber),
      (place.size ?? pageSize) + 1,
    ],
  );
  return toPage(rows, place, toCursor);
}
