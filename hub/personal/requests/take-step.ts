import { sql, type Transaction, type UpdateObject } from 'kysely';
import { maskText } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { AuditAction } from '../../access/audit/audit-actions.ts';
import type { Store } from '../../store/database.ts';
import { sealedJsonText } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import type { Tables } from '../../store/tables/tables.ts';
import {
  type Decision,
  type IdentityWay,
  openStates,
  type RequestAct,
  type RequestRecord,
  type RequestState,
  type SubjectRequest,
} from './request.ts';

/** From which states a step may be taken, and which state follows. Absent: it stays. */
const steps: Record<Exclude<RequestAct, 'received'>, { from: readonly RequestState[]; to?: RequestState }> = {
  identified: { from: ['received'], to: 'identified' },
  postponed: { from: ['received', 'identified'] },
  found: { from: ['identified', 'decided'] },
  exported: { from: ['identified', 'decided', 'told'] },
  decided: { from: ['identified', 'decided'], to: 'decided' },
  corrected: { from: ['decided', 'told'] },
  told: { from: ['decided'], to: 'told' },
  withdrawn: { from: openStates, to: 'withdrawn' },
  noted: { from: ['received', 'identified', 'decided', 'told', 'withdrawn'] },
};

type Taking = Omit<RequestRecord, 'at' | 'act' | 'by'> & { by: string };
type Changes = UpdateObject<Tables, 'subject_requests'>;

/**
 * Takes a step in the transaction that is given: the state, what changes with it, the line of the record, and the audit log. False: the
 * request is in a state in which the step cannot be taken.
 */
export async function takeStep(
  trx: Transaction<Tables>,
  { id, number }: Pick<SubjectRequest, 'id' | 'number'>,
  act: Exclude<RequestAct, 'received'>,
  { by, note, ...more }: Taking,
  changes: Changes = {},
): Promise<boolean> {
  const { from, to } = steps[act];
  const entry: RequestRecord = {
    ...{ act, at: new Date().toISOString(), by },
    ...(note && { note: maskText(note) }),
    ...more,
  };
  const taken = await trx
    .updateTable('subject_requests')
    .set({
      ...changes,
      ...(to && { state: to }),
      record: sql`record || ${sealedJsonText([entry], clearMembers.requestRecord)}`,
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .returning('id')
    .executeTakeFirst();
  if (!taken) return false;
  const action: AuditAction = `request.${act}`;
  await writeAudit(trx, {
    ...{ actor: by, way: 'console', action, subject: `request ${number}` },
    ...(more.decision && { detail: { outcome: more.decision.outcome, grounds: more.decision.grounds } }),
  });
  return true;
}

type Of = Pick<SubjectRequest, 'id' | 'number'>;
const within = <T>({ db }: Pick<Store, 'db'>, work: (trx: Transaction<Tables>) => Promise<T>) =>
  db.transaction().execute(work);

/** It was seen who asks (시행령, article 46). */
export const identify = (
  store: Pick<Store, 'db'>,
  request: Of,
  step: { identity: IdentityWay; note: string; by: string },
): Promise<boolean> => within(store, (trx) => takeStep(trx, request, 'identified', step));

/** Seeing is put off for a reason of which the person is told (article 35, paragraph 3). */
export const postpone = (
  store: Pick<Store, 'db'>,
  request: Pick<SubjectRequest, 'id' | 'number' | 'dueAt'>,
  { until, ...step }: { until: Date; note: string; by: string },
): Promise<boolean> =>
  within(store, (trx) =>
    takeStep(
      trx,
      request,
      'postponed',
      { ...step, before: request.dueAt.toISOString() },
      { due_at: until, postponed_until: until },
    ),
  );

/** The answer. It may be changed until the person is told. */
export const decideRequest = (
  store: Pick<Store, 'db'>,
  request: Of,
  { decision, by }: { decision: Decision; by: string },
): Promise<boolean> =>
  within(store, (trx) =>
    takeStep(
      trx,
      request,
      'decided',
      { by, decision: { ...decision, reason: maskText(decision.reason) } },
      { decision: decision.outcome, decided_at: new Date() },
    ),
  );

/** The person was told: the clock has stopped. */
export const noteTold = (
  store: Pick<Store, 'db'>,
  request: Of,
  { at, ...step }: { at: Date; note: string; by: string },
): Promise<boolean> => within(store, (trx) => takeStep(trx, request, 'told', step, { told_at: at }));

/** The person asks no more; or something is written down beside the steps. */
export const noteOf = (
  store: Pick<Store, 'db'>,
  request: Of,
  act: 'withdrawn' | 'noted',
  step: { note: string; by: string },
): Promise<boolean> => within(store, (trx) => takeStep(trx, request, act, step));
