import { create } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseReceiptNumber } from '../../../complaints/receipt-number.ts';
import { nameAgency } from '../../../paper/make-document.ts';
import type { Paper } from '../../../paper/paper.ts';
import { printPaper } from '../../../paper/press.ts';
import { toDataPaper, toLetterPaper } from '../../../paper/to-request-paper.ts';
import { toSubjectData, toSubjectFileName } from '../../../personal/requests/export.ts';
import { type Candidate, findCandidates } from '../../../personal/requests/find-candidates.ts';
import { gatherPerson } from '../../../personal/requests/gather.ts';
import {
  type HoldingSource,
  holdingSources,
  type Judged,
  judgeHoldings,
  listHoldings,
} from '../../../personal/requests/holdings.ts';
import { draftLetter, draftPostponement } from '../../../personal/requests/letter.ts';
import { matchWays, type Person, toPerson } from '../../../personal/requests/person.ts';
import type { SubjectRequest } from '../../../personal/requests/request.ts';
import { decideRequest, takeStep } from '../../../personal/requests/take-step.ts';
import { withPersonal } from '../../../personal/with-personal.ts';
import type { Store } from '../../../store/database.ts';
import { PageError } from '../../../web/page-error.ts';
import { toInternational } from '../../../words/to-international.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import { readDecision } from './request-form.ts';
import { change, getRequest, show } from './show-request.ts';

/** What is held on the person who asks: found, looked at by a person, decided, and given out. */
export const requestDataPages: Pages = (app, deps) => {
  app.get('/subject-requests/:number/search', async (request, reply) => showFound(deps, request, reply));
  // What else the person is known by is typed into a form: it stands in no address.
  app.post('/subject-requests/:number/search', async (request, reply) => showFound(deps, request, reply));

  app.post('/subject-requests/:number/holdings', async (request, reply) => {
    const judged = readJudged(request);
    const { number } = await getRequest(deps, request);
    if (judged.length === 0)
      return reply.redirect(`/subject-requests/${number}/search?done=request_nothing`, 303);
    return change(deps, request, reply, {
      problems: {},
      done: 'request_found',
      work: (opened, one, by) => judgeHoldings(opened, one, { judged, by }),
    });
  });

  app.post('/subject-requests/:number/complaint', async (request, reply) => {
    const number = parseReceiptNumber(request.typed().receiptNumber ?? '');
    const known =
      number &&
      (await deps.store.db
        .selectFrom('complaints')
        .select('id')
        .where('receipt_number', '=', number)
        .executeTakeFirst());
    return change(deps, request, reply, {
      problems: known ? {} : { receiptNumber: 'request.number_unknown' },
      done: 'request_found',
      work: (opened, one, by) =>
        known ? judgeHoldings(opened, one, { judged: [toOwn(known.id)], by }) : Promise.resolve(false),
    });
  });

  app.post('/subject-requests/:number/decide', async (request, reply) => {
    const found = await getRequest(deps, request);
    const read = readDecision(found, request.typed(), request.typedAll().get('grounds') ?? []);
    return change(deps, request, reply, {
      problems: 'problems' in read ? read.problems : {},
      done: 'request_decided',
      work: (opened, one, by) =>
        'outcome' in read ? decideRequest(opened, one, { decision: read, by }) : Promise.resolve(false),
    });
  });

  app.post('/subject-requests/:number/export', async (request, reply) => sendData(deps, request, reply));

  app.get('/subject-requests/:number/letter', async (request, reply) => {
    request.demand('handle_requests');
    const found = await getRequest(deps, request);
    const parts = draftLetter(found) ?? draftPostponement(found);
    if (!parts) throw new PageError('not_found');
    const paper = toLetterPaper(found, parts, { agency: nameOf(deps, found), madeAt: new Date() });
    return sendPdf(reply, `subject-request-${found.number}-letter.pdf`, paper);
  });
};

/** In whose name a paper stands: that of the agency that passed the request on, or of the hub. */
const nameOf = ({ directory }: Pick<ConsoleDeps, 'directory'>, { agency }: SubjectRequest): string =>
  nameAgency(directory, agency ?? 'hub', 'ko');

const sendPdf = async (reply: FastifyReply, name: string, paper: Paper) =>
  reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('content-disposition', create(name))
    .send(await printPaper(paper));

const toOwn = (id: string): Judged => ({ source: 'complaint', rowId: id, complaintId: id, theirs: true });
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const prefix = 'is.';

/** What was said of each: `is.complaint.<id>`, yes or no. What is left open stays open. */
function readJudged(request: FastifyRequest): Judged[] {
  return Object.entries(request.typed()).flatMap(([name, said]) => {
    if (!name.startsWith(prefix) || (said !== 'yes' && said !== 'no')) return [];
    const [asked = '', ...rest] = name.slice(prefix.length).split('.');
    const rowId = rest.join('.');
    const source = holdingSources.find((one): one is HoldingSource => one === asked);
    const isOk = source === 'draft' ? rowId.length < 200 : uuid.test(rowId);
    if (!source || !isOk) return [];
    const complaintId = source === 'complaint' || source === 'mention' ? rowId : null;
    return [{ source, rowId, complaintId, theirs: said === 'yes' }];
  });
}

/** By what else the person is looked for: earlier numbers and addresses, a name before marriage. */
function toSought(request: SubjectRequest, typed: Readonly<Record<string, string>>): Person {
  const known = toPerson(request);
  const phone = toInternational(typed.phone ?? '');
  const email = typed.email?.toLowerCase();
  return {
    name: typed.name || known.name,
    phones: [...known.phones, ...(phone ? [phone] : [])],
    emails: [...known.emails, ...(email ? [email] : [])],
  };
}

async function showFound(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply) {
  request.demand('handle_requests');
  const found = await getRequest(deps, request);
  if (found.state === 'received')
    return show(deps, request, reply, found, { identity: 'request.identify_first' });
  const typed = { phone: '', email: '', name: '', ...(request.method === 'POST' ? request.typed() : {}) };
  const [search, holdings] = await Promise.all([
    searchPerson(deps, request, found, toSought(found, typed)),
    listHoldings(deps.store, found),
  ]);
  const said = new Map(holdings.map((one) => [`${one.source}.${one.rowId}`, one.theirs]));
  return reply.page('subject-search', {
    ...{ found, typed, ways: matchWays, cut: search.cut },
    rows: search.candidates.map((one) => ({ ...one, said: said.get(`${one.source}.${one.rowId}`) ?? null })),
  });
}

const searchPerson = (
  { store }: ConsoleDeps,
  request: FastifyRequest,
  { id }: SubjectRequest,
  person: Person,
): Promise<{ candidates: Candidate[]; cut: boolean }> =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const result = await findCandidates(opened, person, { requestId: id });
    const subjects = result.candidates.flatMap(({ source, rowId }) => (source === 'draft' ? [] : [rowId]));
    tell({
      ...{ act: 'search', purpose: 'subject_search', masked: false },
      ...{ subjects: [id, ...subjects], items: ['name', 'contact', 'text', 'raw'] },
    });
    return result;
  });

/** Everything as a file, for the person. It leaves the hub, so the reason is asked. */
async function sendData(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply) {
  const user = request.demand('handle_requests');
  const found = await getRequest(deps, request);
  const { exportReason: reason = '' } = request.typed();
  if (found.state === 'received')
    return show(deps, request, reply, found, { identity: 'request.identify_first' });
  if (found.state === 'withdrawn')
    return show(deps, request, reply, found, { exportReason: 'request.is_withdrawn' });
  if (reason === '') return show(deps, request, reply, found, { exportReason: 'problem.required' });
  const holdings = await listHoldings(deps.store, found);
  const gathered = await withPersonal(deps.store, toReader(request), async (opened: Store, tell) => {
    const all = await gatherPerson(opened, toPerson(found), holdings);
    tell({
      ...{ act: 'export', purpose: 'subject_export', masked: false, reason },
      subjects: [found.id, ...all.subjects],
      items: ['name', 'contact', 'text', 'files', 'history', 'notices', 'raw'],
    });
    await opened.db
      .transaction()
      .execute((trx) => takeStep(trx, found, 'exported', { by: user.login, note: reason }));
    return all;
  });
  const madeAt = new Date();
  const data = toSubjectData(found, gathered, madeAt);
  if (request.typed().as === 'pdf')
    return sendPdf(
      reply,
      toSubjectFileName(found, 'pdf'),
      toDataPaper(found, data, {
        ...{ agency: nameOf(deps, found), madeAt },
        nameOf: (code) => nameAgency(deps.directory, code, 'ko'),
      }),
    );
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', create(toSubjectFileName(found, 'json')))
    .send(`${JSON.stringify(data, null, 2)}\n`);
}
