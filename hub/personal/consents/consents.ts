import type { Agency, ConsentGiven, ConsentRequest, Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Queryable } from '../../store/database.ts';
import {
  type ConsentSpeaker,
  withdrawConsent as endConsent,
  giveConsent as enterConsent,
} from '../../store/states/consent-state.ts';

/** Who asks for consents: the agencies as they are configured. */
export interface ConsentDirectory {
  findAgency(code: string): Pick<Agency, 'consents'> | undefined;
  listAgencies(): readonly Pick<Agency, 'code' | 'consents'>[];
}

/** What an agency asks for, in the words of this version. */
export type Offered = { agency: string; request: ConsentRequest };

/** All consents that agencies ask for: those without which something cannot be done first, apart from the optional ones. */
export const listOffered = ({ listAgencies }: ConsentDirectory): Offered[] =>
  listAgencies()
    .flatMap(({ code: agency, consents = [] }) => consents.map((request) => ({ agency, request })))
    .sort((one, other) => Number(other.request.required ?? false) - Number(one.request.required ?? false));

/** A consent is given to what is asked for, in the words that were shown: other words are another consent. */
export function findConsentProblem(
  directory: Pick<ConsentDirectory, 'findAgency'>,
  { agency, purpose, version, givenAt }: ConsentGiven,
  now: Date,
): Problem | undefined {
  const asked = directory.findAgency(agency)?.consents ?? [];
  const request = asked.find((one) => one.purpose === purpose);
  if (!request) {
    const known = asked.map((one) => one.purpose).join(', ');
    return {
      pointer: asked.length > 0 ? '/purpose' : '/agency',
      reason: toReason('consent_not_asked', { agency, purpose, known: known || '-' }),
    };
  }
  if (request.version !== version)
    return {
      pointer: '/version',
      reason: toReason('consent_other_words', { version, known: request.version }),
    };
  if (givenAt !== undefined && Date.parse(givenAt) > now.getTime() + clockError)
    return { pointer: '/givenAt', reason: toReason('consent_ahead') };
  return undefined;
}

/** Milliseconds by which the clock of a caller may be ahead. */
const clockError = 300_000;

/** Enters it. False: it stands already, and nothing changed. `given` must have no problem. */
export async function giveConsent(
  client: Queryable,
  directory: Pick<ConsentDirectory, 'findAgency'>,
  complaintId: string,
  given: ConsentGiven,
  speaker: ConsentSpeaker,
): Promise<boolean> {
  const { agency, purpose, givenAt } = given;
  const request = directory.findAgency(agency)?.consents?.find((one) => one.purpose === purpose);
  if (!request) throw new TypeError('a consent that nobody asks for passed the check');
  return enterConsent(client, {
    ...{ complaintId, agency, request, ...speaker },
    givenAt: givenAt === undefined ? new Date() : new Date(givenAt),
  });
}

/** Takes it back; from then on nothing goes by it. False: there is none. */
export const withdrawConsent = (
  client: Queryable,
  complaintId: string,
  { agency, purpose }: Pick<ConsentGiven, 'agency' | 'purpose'>,
  speaker: ConsentSpeaker,
): Promise<boolean> => endConsent(client, { complaintId, agency, purpose, ...speaker });
