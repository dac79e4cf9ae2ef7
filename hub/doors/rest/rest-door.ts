import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Type } from 'typebox';
import {
  Answer,
  ComplaintContent,
  compile,
  FollowUp,
  type Post,
  type Problem,
} from '../../../schemas/index.ts';
import type { FindAgencyByKey } from '../../access/api-keys.ts';
import { findComplaintFor } from '../../board/find-complaint-for.ts';
import { parseReceiptNumber } from '../../board/receipt-number.ts';
import type { Accept, Accepted, Incoming } from '../../exchange/incoming.ts';
import type { Store } from '../../store/database.ts';
import { Refusal, sendProblem, toRefusal } from '../problem.ts';

export interface RestDoorDependencies {
  store: Store;
  accept: Accept;
  findAgencyByKey: FindAgencyByKey;
  log: Logger;
}

const bodyLimit = 1024 * 1024;

/** A complaint that an agency registers: `externalId` is the agency's own id of it, and makes sending it again harmless. */
const Registration = Type.Object(
  { externalId: Type.String({ minLength: 1, maxLength: 200 }), content: ComplaintContent },
  { additionalProperties: false },
);
const checkRegistration = compile(Registration);
const statements = {
  answers: { check: compile(Answer), toPost: (value: Answer): Post => ({ answers: [value] }) },
  'follow-ups': { check: compile(FollowUp), toPost: (value: FollowUp): Post => ({ followUps: [value] }) },
};

/** REST for partner agencies: register, read, answer, add. JSON in UTF-8; problems as RFC 9457. */
export async function restDoor(app: FastifyInstance, dependencies: RestDoorDependencies): Promise<void> {
  const { accept, store, findAgencyByKey, log } = dependencies;

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) log.error({ err: error, request: request.id }, 'a request at the REST door failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Refusal('not-found')));

  async function authenticate(request: FastifyRequest): Promise<string> {
    const [, key] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const agency = key && (await findAgencyByKey(key));
    if (!agency) throw new Refusal('unauthenticated');
    return agency;
  }

  app.post('/complaints', { bodyLimit }, async (request, reply) => {
    const agency = await authenticate(request);
    const { externalId, content } = mustPass(checkRegistration(request.body));
    const accepted = await accept({
      agency,
      source: 'rest',
      externalId,
      version: versionOf(request),
      raw: request.body,
      normalised: { ok: true, post: { content } },
    });
    return reply.status(accepted.outcome === 'applied' ? 201 : 200).send(toReceipt(accepted));
  });

  app.get<{ Params: { receiptNumber: string } }>('/complaints/:receiptNumber', async (request) => {
    const agency = await authenticate(request);
    return mustFind(await findFor(store, agency, request.params.receiptNumber)).complaint;
  });

  for (const [path, { check, toPost }] of Object.entries(statements)) {
    app.post<{ Params: { receiptNumber: string } }>(
      `/complaints/:receiptNumber/${path}`,
      { bodyLimit },
      async (request, reply) => {
        const agency = await authenticate(request);
        const { complaint } = mustFind(await findFor(store, agency, request.params.receiptNumber));
        const value = mustPass(
          check(request.body) as { ok: true; value: never } | { ok: false; problems: Problem[] },
        );
        const incoming: Incoming = {
          agency,
          source: 'rest',
          externalId: `${complaint.receiptNumber}/${path}`,
          version: versionOf(request),
          raw: request.body,
          normalised: { ok: true, post: toPost(value) },
          complaintId: complaint.id,
        };
        const accepted = await accept(incoming);
        return reply.status(accepted.outcome === 'applied' ? 201 : 200).send(toReceipt(accepted));
      },
    );
  }
}

/** Same key, or same bytes: the same request (draft-ietf-httpapi-idempotency-key-header). */
function versionOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= 200) return `key:${key}`;
  return createHash('sha256').update(JSON.stringify(request.body)).digest('base64url');
}

function mustPass<T>(checked: { ok: true; value: T } | { ok: false; problems: Problem[] }): T {
  if (!checked.ok) throw new Refusal('invalid', undefined, checked.problems);
  return checked.value;
}

function findFor(store: Store, agency: string, text: string) {
  const receiptNumber = parseReceiptNumber(text);
  if (!receiptNumber)
    throw new Refusal('not-found', `${text.slice(0, 40)} is not a receipt number: its check digit is wrong`);
  return findComplaintFor(store, agency, receiptNumber);
}

function mustFind<T>(found: T | undefined): T {
  if (!found) throw new Refusal('not-found');
  return found;
}

function toReceipt(accepted: Accepted) {
  if (accepted.outcome === 'refused' || accepted.outcome === 'parked')
    throw new Refusal('invalid', undefined, accepted.problems);
  const { outcome, complaintId, receiptNumber } = accepted;
  return { outcome, id: complaintId, receiptNumber };
}
