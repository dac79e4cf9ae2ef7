import type { FastifyRequest } from 'fastify';
import { type ConsentGiven, type ConsentWithdrawal, consentPurposes } from '../../../../schemas/index.ts';
import { may } from '../../../access/people/rights.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import {
  findConsentProblem,
  giveConsent,
  listOffered,
  withdrawConsent,
} from '../../../personal/consents/consents.ts';
import { findConsequences } from '../../../personal/consents/consequences.ts';
import { listConsents } from '../../../personal/consents/list-consents.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { getFile, toSubject } from '../complaint-file.ts';

/** What a complainant consented to (동의): recording it after a talk, and taking it back with what follows. */
export const consentPages: Pages = (app, deps) => {
  const { store, directory, log } = deps;

  app.get('/complaints/:receiptNumber/consents', async (request, reply) => {
    const file = await getFile(store, request);
    const entries = await listConsents(store.pool, file.id);
    const isStanding = (agency: string, purpose: string) =>
      entries.some((one) => one.agency === agency && one.purpose === purpose && one.state === 'in_force');
    const offered = listOffered(directory).map(({ agency, request: { text, ...asked } }) => ({
      ...{ agency, required: false, ...asked, isStanding: isStanding(agency, asked.purpose) },
      text: (request.language() === 'en' && text.en) || text.ko,
    }));
    return reply.page('consents', {
      receiptNumber: file.receiptNumber,
      entries,
      mayRecord: may(request.signedIn(), 'consent', toSubject(file)),
      isAsked: offered.length > 0,
      kinds: [
        { kind: 'required', offered: offered.filter(({ required }) => required) },
        { kind: 'optional', offered: offered.filter(({ required }) => !required) },
      ],
    });
  });

  app.post('/complaints/:receiptNumber/consents', async (request, reply) => {
    const { file, speaker } = await enter(deps, request);
    const { agency = '', version = '', ...typed } = request.typed();
    const given: ConsentGiven = { agency, purpose: toPurpose(typed), version };
    const back = (done: string) =>
      reply.redirect(`/complaints/${file.receiptNumber}/consents?done=${done}`, 303);
    if (findConsentProblem(directory, given, new Date())) return back('consent_words');
    const isNew = await giveConsent(store.pool, directory, file.id, given, speaker);
    log.info({ complaint: file.id, agency, purpose: given.purpose, isNew }, 'consent recorded');
    return back(isNew ? 'consent_given' : 'consent_known');
  });

  app.get('/complaints/:receiptNumber/consents/withdraw', async (request, reply) => {
    const { file } = await enter(deps, request);
    const { agency = '', ...typed } = request.asked();
    const asked = { agency, purpose: toPurpose(typed) };
    return reply.page('consent-withdraw', {
      receiptNumber: file.receiptNumber,
      ...(await foresee(deps, file, asked)),
    });
  });

  app.post('/complaints/:receiptNumber/consents/withdraw', async (request, reply) => {
    const { file, speaker } = await enter(deps, request);
    const { agency = '', ...typed } = request.typed();
    const asked = { agency, purpose: toPurpose(typed) };
    const isDone = await withdrawConsent(store.pool, file.id, asked, speaker);
    log.info({ complaint: file.id, ...asked, isDone }, 'consent taken back');
    const done = isDone ? 'consent_withdrawn' : 'consent_gone';
    return reply.redirect(`/complaints/${file.receiptNumber}/consents?done=${done}`, 303);
  });
};

/** The complaint, for somebody who may record what its complainant says. */
async function enter({ store }: ConsoleDeps, request: FastifyRequest) {
  const { login: by } = request.demand('consent');
  const file = await getFile(store, request);
  return { file, speaker: { way: 'console' as const, by } };
}

function toPurpose({ purpose }: Typed): ConsentWithdrawal['purpose'] {
  const known = consentPurposes.find((one) => one === purpose);
  if (!known) throw new PageError('not_found');
  return known;
}

/** The consent that stands, with what follows when it is taken back. */
async function foresee({ store, directory }: ConsoleDeps, file: ComplaintFile, asked: ConsentWithdrawal) {
  const standing = (await listConsents(store.pool, file.id)).filter(
    ({ agency, state }) => agency === asked.agency && state === 'in_force',
  );
  const consent = standing.find(({ purpose }) => purpose === asked.purpose);
  if (!consent) throw new PageError('not_found');
  const configured = directory.findAgency(asked.agency);
  const consequences = await findConsequences(store, file.id, consent, { standing, configured });
  return { consent, consequences };
}
