import { type Selectable, sql, type Transaction } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import { isHeldBy } from '../../access/keys/key-actor.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { ChangeWay, ProposedChange } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { readDocument } from '../read-document.ts';
import { findInForce } from '../versions.ts';
import { applyIn, changeInTurn } from './apply.ts';
import type { By, Change } from './change.ts';
import { checkTogether } from './check-together.ts';
import type { DocumentChange } from './difference.ts';
import type { ChangeRules } from './plan-change.ts';

/** Changes that wait, or waited, for a second person. */
export type Proposal = Selectable<Tables['configuration_proposals']>;

/** What came of a change: it is in force, or it waits for a second person under this id. */
export type Changed = { applied: DocumentChange[] } | { proposed: string };

/**
 * Applies the changes, or proposes them where the rule of four eyes holds. Pages and the API change the configuration
 * by this function. Commands on the server apply at once: who may run them may change the database as well; they are
 * in the audit log like all others. Errors: those of applyChanges.
 */
export async function changeConfiguration(
  store: Store,
  { fourEyes }: ChangeRules,
  changes: Change[],
  by: By,
): Promise<Changed> {
  if (fourEyes) return { proposed: await propose(store, changes, by) };
  return { applied: await changeInTurn(store, (trx) => applyIn(trx, changes, by)) };
}

/** Proposes changes, which are checked now and again when they are applied. Errors: those of applyChanges. */
async function propose(store: Store, changes: Change[], { author, way, note, key }: By): Promise<string> {
  return store.db.transaction().execute(async (trx) => {
    const proposed = await check(trx, changes);
    // A program that had no answer proposes the same again.
    const same = await findSame(trx, author, proposed);
    if (same) return same;
    const id = newId();
    await trx
      .insertInto('configuration_proposals')
      .values({ id, changes: JSON.stringify(proposed), author, way, note })
      .execute();
    await audit(trx, { id, changes: proposed }, { actor: author, way, action: 'proposed', note, key });
    return id;
  });
}

async function findSame(
  trx: Transaction<Tables>,
  author: string,
  changes: ProposedChange[],
): Promise<string | undefined> {
  const same = await trx
    .selectFrom('configuration_proposals')
    .select('id')
    .where('state', '=', 'open')
    .where('author', '=', author)
    .where(sql<boolean>`changes = ${JSON.stringify(changes)}::jsonb`)
    .executeTakeFirst();
  return same?.id;
}

async function check(trx: Transaction<Tables>, changes: Change[]): Promise<ProposedChange[]> {
  const proposed: ProposedChange[] = [];
  const read = [];
  for (const { kind, name, source, base } of changes) {
    const version = (await findInForce(trx, { kind, name }))?.version ?? 0;
    if (base !== undefined && base !== version)
      throw new ConfigurationError('moved', `${kind} ${name} was changed by somebody`);
    proposed.push({ kind, name, source, base: version });
    read.push({ kind, name, read: source === null ? undefined : readDocument({ kind, name }, source) });
  }
  const problems = read.flatMap((one) => one.read?.problems ?? []);
  if (problems.length === 0)
    problems.push(
      ...(await checkTogether(
        trx,
        read.map((one) => ({ kind: one.kind, name: one.name, document: one.read?.document })),
      )),
    );
  if (problems.length > 0) throw new ConfigurationError('invalid', 'the proposal is not usable', problems);
  return proposed;
}

export async function findProposal({ db }: Pick<Store, 'db'>, id: string): Promise<Proposal | undefined> {
  return db.selectFrom('configuration_proposals').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The proposals that wait, oldest first; `after`: the id of the last one of the page before. */
export async function listOpenProposals(
  { db }: Pick<Store, 'db'>,
  after?: string,
  most = 50,
): Promise<Proposal[]> {
  return db
    .selectFrom('configuration_proposals')
    .selectAll()
    .where('state', '=', 'open')
    .$if(after !== undefined, (query) => query.where('id', '>', after as string))
    .orderBy('id')
    .limit(most)
    .execute();
}

/** What a second person says. */
export interface Decision {
  person: string;
  way: ChangeWay;
  agree: boolean;
  note: string;
  /** The name of the key, where the person's program said it. */
  key?: string | undefined;
}

/**
 * Decides a proposal. Agreed, it is applied in the name of its author. Errors: ConfigurationError `unknown` (there is
 * none that waits), `same-person` (the author decides, or who made the author's key), and those of applyChanges, after which it still waits.
 */
export async function decideProposal(
  store: Store,
  id: string,
  decision: Decision,
): Promise<DocumentChange[]> {
  return changeInTurn(store, async (trx) => {
    const proposal = await lockOpen(trx, id);
    const { person, way, agree, note, key } = decision;
    if (proposal.author === person || (await isHeldBy(trx, proposal.author, person)))
      throw new ConfigurationError('same-person', 'a second person has to decide what somebody proposes');
    await end(trx, id, { state: agree ? 'applied' : 'refused', by: person, note });
    await audit(trx, proposal, { actor: person, way, action: agree ? 'agreed' : 'refused', note, key });
    if (!agree) return [];
    return applyIn(trx, proposal.changes, {
      author: proposal.author,
      way: proposal.way,
      note: proposal.note,
      secondPerson: person,
    });
  });
}

/** Its author takes a proposal back. Errors: ConfigurationError `unknown`, also where it is another's. */
export async function withdrawProposal(
  store: Store,
  id: string,
  { author, way, note, key }: By,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const proposal = await lockOpen(trx, id);
    if (proposal.author !== author) throw toUnknown(id);
    await end(trx, id, { state: 'withdrawn', by: author, note });
    await audit(trx, proposal, { actor: author, way, action: 'withdrawn', note, key });
  });
}

async function lockOpen(trx: Transaction<Tables>, id: string): Promise<Proposal> {
  const proposal = await trx
    .selectFrom('configuration_proposals')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
  if (!proposal) throw toUnknown(id);
  return proposal;
}

const toUnknown = (id: string) => new ConfigurationError('unknown', `no proposal ${id} waits`);

async function end(
  trx: Transaction<Tables>,
  id: string,
  { state, by, note }: { state: Proposal['state']; by: string; note: string },
): Promise<void> {
  await trx
    .updateTable('configuration_proposals')
    .set({ state, decided_by: by, decided_at: new Date(), decision_note: note })
    .where('id', '=', id)
    .execute();
}

async function audit(
  trx: Transaction<Tables>,
  { id, changes }: { id: string; changes: ProposedChange[] },
  {
    actor,
    way,
    action,
    note,
    key,
  }: {
    actor: string;
    way: ChangeWay;
    action: 'proposed' | 'agreed' | 'refused' | 'withdrawn';
    note: string;
    key?: string | undefined;
  },
): Promise<void> {
  for (const { kind, name } of changes)
    await writeAudit(trx, {
      actor,
      way,
      action: `configuration.${action}`,
      subject: `${kind} ${name}`,
      agency: kind === 'agency' ? name : undefined,
      detail: { proposal: id, ...(note && { note }), ...(key && { key }) },
    });
}
