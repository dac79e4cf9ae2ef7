import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Answer, compile, FollowUp } from '../../../schemas/index.ts';
import type { FindAgencyByKey } from '../../access/api-keys.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import type { Accept } from '../../exchange/incoming.ts';
import type { Store } from '../../store/database.ts';
import { createAgencyCalls, mustPass, type Receipt, Registration } from '../agency-calls.ts';
import { createAttachmentCalls } from '../attachment-calls.ts';
import { Refusal, sendProblem, toRefusal } from '../problem.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { getLedger } from './ledger.ts';

export interface RestDoorDependencies {
  store: Store;
  accept: Accept;
  attachments: Attachments;
  findAgencyByKey: FindAgencyByKey;
  log: Logger;
}

const bodyLimit = 1024 * 1024;

const checkRegistration = compile(Registration);
const checkAnswer = compile(Answer);
const checkFollowUp = compile(FollowUp);

type OfComplaint = { Params: { receiptNumber: string } };

/** REST for partner agencies: register, read, answer, add, and the agency's ledger. JSON in UTF-8; problems as RFC 9457. */
export async function restDoor(app: FastifyInstance, dependencies: RestDoorDependencies): Promise<void> {
  const { findAgencyByKey, log } = dependencies;
  const calls = createAgencyCalls(dependencies, 'rest');

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) log.error({ err: error, request: request.id }, 'a request at the REST door failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Refusal('not-found')));
  readStrictJson(app);

  async function authenticate(request: FastifyRequest): Promise<string> {
    const [, key] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const agency = key && (await findAgencyByKey(key));
    if (!agency) throw new Refusal('unauthenticated');
    return agency;
  }

  await app.register((files) => attachmentRoutes(files, createAttachmentCalls(dependencies), authenticate));

  app.post('/complaints', { bodyLimit }, async (request, reply) => {
    const agency = await authenticate(request);
    const registration = mustPass(checkRegistration(request.body));
    return sendReceipt(reply, await calls.register(agency, registration, keyOf(request)));
  });

  app.get<OfComplaint>('/complaints/:receiptNumber', async (request) =>
    calls.getComplaint(await authenticate(request), request.params.receiptNumber),
  );

  app.post<OfComplaint>('/complaints/:receiptNumber/answers', { bodyLimit }, async (request, reply) => {
    const agency = await authenticate(request);
    const answer = mustPass(checkAnswer(request.body));
    const { receiptNumber } = request.params;
    return sendReceipt(reply, await calls.addAnswer(agency, receiptNumber, answer, keyOf(request)));
  });

  app.post<OfComplaint>('/complaints/:receiptNumber/follow-ups', { bodyLimit }, async (request, reply) => {
    const agency = await authenticate(request);
    const followUp = mustPass(checkFollowUp(request.body));
    const { receiptNumber } = request.params;
    return sendReceipt(reply, await calls.addFollowUp(agency, receiptNumber, followUp, keyOf(request)));
  });

  app.get('/ledger', async (request) =>
    getLedger(dependencies.store, await authenticate(request), request.query),
  );
}

/** Fastify's own parser puts U+FFFD in the place of bytes that are no UTF-8: a text would change unnoticed. */
function readStrictJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, bytes, done) => {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes as Buffer);
    } catch {
      done(new Refusal('malformed', 'the body is not UTF-8: some of its bytes mean nothing there'));
      return;
    }
    parse(request, text, done);
  });
}

/** The header of draft-ietf-httpapi-idempotency-key-header. */
function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' && key.length <= 200 ? key : undefined;
}

const sendReceipt = (reply: FastifyReply, receipt: Receipt) =>
  reply.status(receipt.outcome === 'applied' ? 201 : 200).send(receipt);
