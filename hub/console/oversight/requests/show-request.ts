import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress } from '../../../access/people/masking.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import type { AccessAct } from '../../../personal/log/entry.ts';
import { listBoards, mayCorrect } from '../../../personal/requests/corrections.ts';
import { toUrgency } from '../../../personal/requests/due.ts';
import { findGround, listGrounds } from '../../../personal/requests/grounds.ts';
import { listHoldings } from '../../../personal/requests/holdings.ts';
import { draftLetter, draftPostponement } from '../../../personal/requests/letter.ts';
import {
  identityWays,
  isOpen,
  lastOf,
  outcomes,
  type SubjectRequest,
} from '../../../personal/requests/request.ts';
import { findRequest } from '../../../personal/requests/requests.ts';
import { withPersonal } from '../../../personal/with-personal.ts';
import type { Store } from '../../../store/database.ts';
import { PageError } from '../../../web/page-error.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import type { Problems } from './request-form.ts';

type Tell = (act: AccessAct, subjects: readonly string[]) => void;

/** Reads or changes requests. Who sees no persons gets them masked ({@link toShown}). */
export const withRequests = <T>(
  { store }: Pick<ConsoleDeps, 'store'>,
  request: FastifyRequest,
  work: (opened: Store, tell: Tell) => Promise<T>,
): Promise<T> =>
  withPersonal(store, toReader(request), (opened, tell) =>
    work(opened, (act, subjects) =>
      tell({
        ...{ act, subjects, purpose: 'subject_request', items: ['name', 'contact', 'text'] },
        masked: !may(request.signedIn(), 'see_person'),
      }),
    ),
  );

/** The request of the address. */
export async function getRequest(
  deps: Pick<ConsoleDeps, 'store'>,
  request: FastifyRequest,
): Promise<SubjectRequest> {
  request.demand('see_requests');
  const { number } = request.params as { number: string };
  const found = await withRequests(deps, request, async (opened, tell) => {
    const one = await findRequest(opened, number);
    tell('read', one ? [one.id] : []);
    return one;
  });
  if (!found) throw new PageError('not_found');
  return found;
}

const noCorrection = { name: null, company: null, phone: null, email: null };

/** A request for this reader, with how urgent it is. */
export function toShown(found: SubjectRequest, user: Pick<User, 'role' | 'agency'>) {
  const { facts } = found;
  const sees = may(user, 'see_person');
  const { representative } = facts;
  return {
    ...found,
    isOpen: isOpen(found),
    urgency: isOpen(found) ? toUrgency(found.dueAt, new Date()) : 'ended',
    facts: {
      wants: facts.wants,
      name: sees ? facts.name : maskName(facts.name),
      phone: facts.phone === undefined || sees ? (facts.phone ?? null) : maskAddress(facts.phone),
      email: facts.email === undefined || sees ? (facts.email ?? null) : maskAddress(facts.email),
      address: sees ? (facts.address ?? null) : null,
      correction: sees && facts.correction ? { ...noCorrection, ...facts.correction } : null,
      representative:
        representative === undefined
          ? null
          : sees
            ? representative
            : { ...representative, name: maskName(representative.name), contact: '***' },
    },
    record: found.record.map((one) => ({
      ...{ note: null, identity: null, decision: null, ...one },
      at: new Date(one.at),
      before: one.before === undefined ? null : new Date(one.before),
    })),
  };
}

interface Changed {
  problems: Problems;
  done: string;
  /** Resolves with false if the step cannot be taken in the state in which the request is. */
  work(opened: Store, found: SubjectRequest, by: string): Promise<boolean>;
}

/** Takes a step, or shows the request again with what is wrong. */
export async function change(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { problems, done, work }: Changed,
) {
  const user = request.demand('handle_requests');
  const found = await getRequest(deps, request);
  if (Object.keys(problems).length > 0) return show(deps, request, reply, found, problems);
  const taken = await withRequests(deps, request, async (opened, tell) => {
    tell('change', [found.id]);
    return work(opened, found, user.login);
  });
  return reply.redirect(`/subject-requests/${found.number}?done=${taken ? done : 'request_too_late'}`, 303);
}

const problemNames = [
  ...['identity', 'identityNote', 'until', 'postponeNote', 'toldNote', 'withdrawNote', 'noteNote'],
  ...['outcome', 'grounds', 'reason', 'contact', 'exportReason', 'receiptNumber', 'correct'],
];

/** The page of one request: what was asked, its steps, and the one that comes next. */
export async function show(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  found: SubjectRequest,
  problems: Problems = {},
) {
  const user = request.signedIn();
  const sees = may(user, 'see_person');
  const [holdings, boards] = await Promise.all([
    listHoldings(deps.store, found),
    listBoards(deps.store, found),
  ]);
  const decision = lastOf(found, 'decided')?.decision;
  const typed = request.method === 'POST' ? request.typed() : {};
  const chosen =
    request.method === 'POST' ? (request.typedAll().get('grounds') ?? []) : (decision?.grounds ?? []);
  return reply.page(
    'subject-request',
    {
      ...{ found: toShown(found, user), mayHandle: may(user, 'handle_requests') },
      held: holdings.filter(({ theirs }) => theirs).length,
      judged: holdings.length,
      ...{ boards, mayCorrect: mayCorrect(found) },
      identityWays,
      outcomes,
      grounds: listGrounds(found.kind, new Date()).map(({ code, article, words }) => ({
        ...{ code, article, isChosen: chosen.includes(code) },
        words: words[request.language() === 'ko' ? 0 : 1],
      })),
      decision: decision
        ? { ...decision, articles: decision.grounds.flatMap((code) => findGround(code)?.article ?? []) }
        : null,
      letter: sees ? (draftLetter(found) ?? null) : null,
      postponement: sees ? (draftPostponement(found) ?? null) : null,
      problems: { ...Object.fromEntries(problemNames.map((name) => [name, null])), ...problems },
      typed: {
        ...{ identity: '', note: '', until: '', outcome: decision?.outcome ?? '' },
        ...{ reason: decision?.reason ?? '', contact: decision?.contact ?? '', exportReason: '' },
        receiptNumber: '',
        ...typed,
      },
    },
    Object.keys(problems).length > 0 ? 422 : 200,
  );
}
