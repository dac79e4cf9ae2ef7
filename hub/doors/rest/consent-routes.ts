import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Consent, ConsentGiven, ConsentWithdrawal, StandingConsent } from '../../../schemas/index.ts';
import type { AgencyCalls } from '../calls/agency-calls.ts';
import { describe, ReceiptParams } from './describe.ts';
import {
  consentExample,
  consentGivenExample,
  consentsExample,
  consentWithdrawalExample,
} from './examples.ts';

const closed = { additionalProperties: false } as const;
type OfComplaint = { Params: { receiptNumber: string } };

/** What complainants consented to beyond what the law allows for handling. */
export function consentRoutes(app: FastifyInstance, calls: AgencyCalls): void {
  const list = describe({
    operation: 'listConsents',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'What the complainant consented to: 동의',
    description:
      'The origin sees all, each in force with what follows when it is taken back. Another agency sees those to itself. The transfer and the cooperation that handling needs rest on the law and need no consent.',
    replies: {
      200: {
        description: 'The newest first.',
        schema: Type.Object({ consents: Type.Array(StandingConsent) }, closed),
        example: consentsExample,
      },
    },
    problems: [404],
  });
  app.get<OfComplaint>('/complaints/:receiptNumber/consents', { schema: list }, async (request) => ({
    consents: await calls.listConsents(request.entry.caller, request.params.receiptNumber),
  }));

  const give = describe({
    operation: 'giveConsent',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'Pass on a consent of the complainant (the origin): 동의',
    description:
      'To what an agency asks for in its configuration, in the words that were shown (`version`). From then on the agency gets these items in whatever role. Said again, it changes nothing.',
    body: { schema: ConsentGiven, example: consentGivenExample },
    replies: { 200: { description: 'It stands.', schema: Consent, example: consentExample } },
    problems: [404],
  });
  app.post<OfComplaint & { Body: ConsentGiven }>(
    '/complaints/:receiptNumber/consents',
    { schema: give },
    async ({ entry, params, body }) => calls.giveConsent(entry.caller, params.receiptNumber, body),
  );

  const withdraw = describe({
    operation: 'withdrawConsent',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'Pass on that the complainant takes a consent back (the origin): 동의 철회',
    description:
      'From then on nothing goes by it. `listConsents` says before what stops, what stays by the law, and how many copies left.',
    body: { schema: ConsentWithdrawal, example: consentWithdrawalExample },
    replies: {
      200: {
        description: 'It is taken back, or was before.',
        schema: Consent,
        example: { ...consentExample, state: 'withdrawn', withdrawnAt: '2026-11-24T01:00:00.000Z' },
      },
    },
    problems: [404],
  });
  app.post<OfComplaint & { Body: ConsentWithdrawal }>(
    '/complaints/:receiptNumber/consent-withdrawals',
    { schema: withdraw },
    async ({ entry, params, body }) => calls.withdrawConsent(entry.caller, params.receiptNumber, body),
  );
}
