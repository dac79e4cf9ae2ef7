import type {
  Agency,
  Consent,
  ConsentGiven,
  ConsentWithdrawal,
  StandingConsent,
} from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Directory } from '../../configuration/directory.ts';
import { Refusal } from '../../http/problem.ts';
import { findConsentProblem, giveConsent, withdrawConsent } from '../../personal/consents/consents.ts';
import { findConsequences } from '../../personal/consents/consequences.ts';
import { type ConsentEntry, listConsents, toConsent } from '../../personal/consents/list-consents.ts';
import type { Store } from '../../store/database.ts';
import { mustBeOpen, mustFind } from './may-call.ts';
import type { Source } from './to-reader.ts';

/** What a program of an agency says and reads of consents, the same at every door. Errors: Refusal. */
export interface ConsentCalls {
  /** The origin sees all, with what follows when one is taken back; another agency those to itself. */
  listConsents(caller: Caller, receiptNumber: string): Promise<StandingConsent[]>;
  /** The origin passes on that the complainant consented. Said again, it changes nothing. */
  giveConsent(caller: Caller, receiptNumber: string, given: ConsentGiven): Promise<Consent>;
  /** The origin passes on that the complainant takes it back. Refusal `not-found`: there is none. */
  withdrawConsent(caller: Caller, receiptNumber: string, withdrawal: ConsentWithdrawal): Promise<Consent>;
}

interface FilingConsents {
  /** Errors: Refusal `invalid`, before anything is registered. */
  mustBeAsked(given: readonly ConsentGiven[]): void;
  /** Enters those of which the complaint has none yet: a repeated registration revives nothing that was taken back. */
  give(caller: Caller, complaintId: string, given: readonly ConsentGiven[]): Promise<void>;
}

interface Dependencies {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
}

export function createConsentCalls(
  { store, directory }: Dependencies,
  way: Source,
): ConsentCalls & FilingConsents {
  const speaker = ({ agency: by }: Caller) => ({ way, by });

  function mustBeAskedFor(given: ConsentGiven, place: string): void {
    const problem = findConsentProblem(directory, given, new Date());
    if (problem) throw new Refusal('invalid', undefined, [{ ...problem, pointer: place + problem.pointer }]);
  }

  async function mustBeOrigin(caller: Caller, receiptNumber: string) {
    const found = await mustFind(store, caller, receiptNumber);
    if (found.role !== 'origin')
      throw new Refusal('forbidden', undefined, [{ pointer: '', reason: toReason('consent_origin_only') }]);
    return found;
  }

  async function findNewest(complaintId: string, { agency, purpose }: ConsentWithdrawal): Promise<Consent> {
    const entry = (await listConsents(store.pool, complaintId, agency)).find(
      (one) => one.purpose === purpose,
    );
    if (!entry) throw new Refusal('not-found', 'the complainant has not consented to this');
    return toConsent(entry);
  }

  async function toStanding(
    complaintId: string,
    entry: ConsentEntry,
    standing: readonly ConsentEntry[],
  ): Promise<StandingConsent> {
    if (entry.state !== 'in_force') return toConsent(entry);
    const configured: Agency | undefined = directory.findAgency(entry.agency);
    const { stops, stays, given } = await findConsequences(store, complaintId, entry, {
      standing,
      configured,
    });
    return { ...toConsent(entry), onWithdrawal: { stops, stays, sent: given.length } };
  }

  return {
    async listConsents(caller, receiptNumber) {
      mustBeOpen(caller, 'listConsents');
      const { id, role } = await mustFind(store, caller, receiptNumber);
      const entries = await listConsents(store.pool, id, role === 'origin' ? undefined : caller.agency);
      if (role !== 'origin') return entries.map(toConsent);
      const standing = entries.filter(({ state }) => state === 'in_force');
      return Promise.all(entries.map((entry) => toStanding(id, entry, standing)));
    },
    async giveConsent(caller, receiptNumber, given) {
      mustBeOpen(caller, 'giveConsent');
      const { id } = await mustBeOrigin(caller, receiptNumber);
      mustBeAskedFor(given, '');
      await giveConsent(store.pool, directory, id, given, speaker(caller));
      return findNewest(id, given);
    },
    async withdrawConsent(caller, receiptNumber, withdrawal) {
      mustBeOpen(caller, 'withdrawConsent');
      const { id } = await mustBeOrigin(caller, receiptNumber);
      await withdrawConsent(store.pool, id, withdrawal, speaker(caller));
      return findNewest(id, withdrawal);
    },
    mustBeAsked(given) {
      for (const [index, one] of given.entries()) mustBeAskedFor(one, `/consents/${index}`);
    },
    async give(caller, complaintId, given) {
      if (given.length === 0) return;
      const known = await listConsents(store.pool, complaintId);
      const isKnown = ({ agency, purpose }: ConsentGiven) =>
        known.some((entry) => entry.agency === agency && entry.purpose === purpose);
      for (const one of given)
        if (!isKnown(one)) await giveConsent(store.pool, directory, complaintId, one, speaker(caller));
    },
  };
}
