import type { Logger } from 'pino';
import { toNeighbourhood } from '../../../schemas/networks.ts';
import type { Store } from '../../store/database.ts';
import { hashToken } from '../keys/secret-token.ts';
import { isKnownDevice } from '../people/known-devices.ts';
import { countTries, forgiveTries, type TrySubject } from '../people/sign-in-tries.ts';
import type { FactorPolicy } from './factor-policy.ts';
import { listFactors, listSecrets, type Owner, takeStep } from './factors.ts';
import { type Site, takePasskey } from './passkeys.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { findStep } from './totp.ts';

/** Somebody who says that he or she is the owner of an account, and shows it. */
export interface Proof {
  owner: Owner;
  /** The id of the session or of the half sign-in. */
  holder: string;
  address: string;
  device?: string | undefined;
  /** A code of a program, or a recovery code. */
  code?: string | undefined;
  /** The answer of a browser about a passkey. */
  passkey?: string | undefined;
  /** Undefined: passkeys cannot be used at this address. */
  site?: Site | undefined;
}

export type Proving = { outcome: 'proved' } | { outcome: 'wrong' } | { outcome: 'wait'; until: Date };

/**
 * Checks a second factor. Tries are counted, so that nobody guesses six digits: by device where it is known, else by network and
 * over all strangers. So somebody who stole a password cannot shut its owner out of a known browser.
 */
export async function prove(store: Store, log: Logger, proof: Proof): Promise<Proving> {
  const { owner, address, device } = proof;
  const isKnown = device !== undefined && (await isKnownDevice(store, device, owner.id));
  const subjects: TrySubject[] = isKnown
    ? [{ kind: 'factor', name: `${owner.id} ${hashToken(device)}` }]
    : [
        { kind: 'factor', name: `${owner.id} ${toNeighbourhood(address)}` },
        { kind: 'factors', name: owner.id },
      ];
  const tooMany = await countTries(store, subjects, owner.id);
  const who = { user: owner.id, from: address, knownDevice: isKnown };
  if (tooMany) {
    if (tooMany.isFirst) log.warn({ ...who, until: tooMany.until }, 'too many second factors were wrong');
    return { outcome: 'wait', until: tooMany.until };
  }
  const by = await findRight(store, log, proof);
  if (!by) {
    log.warn(who, 'a second factor was refused');
    return { outcome: 'wrong' };
  }
  await forgiveTries(store, subjects);
  log.info({ ...who, by }, 'a second factor was given');
  return { outcome: 'proved' };
}

/** Which kind of factor is right. Undefined: none is. */
async function findRight(
  store: Store,
  log: Logger,
  { owner, holder, code, passkey, site }: Proof,
): Promise<'passkey' | 'totp' | 'recovery' | undefined> {
  if (passkey)
    return site && (await takePasskey(store, log, holder, owner.id, site, passkey)) ? 'passkey' : undefined;
  if (!code) return undefined;
  for (const { id, secret } of await listSecrets(store, owner.id)) {
    const step = findStep(secret, code);
    if (step !== undefined) return (await takeStep(store, id, step)) ? 'totp' : undefined;
  }
  return (await useRecoveryCode(store, owner, code)) ? 'recovery' : undefined;
}

/** What is asked of a person after the password. Undefined: nothing. */
export type NextStep = 'factor' | 'enrolment' | undefined;

/** Whoever has a second factor is asked for it, and whoever needs one and has none sets it up first. */
export async function findNextStep(
  store: Store,
  policy: FactorPolicy,
  person: Parameters<FactorPolicy['needs']>[0] & { id: string },
  address: string,
): Promise<NextStep> {
  if ((await listFactors(store, person.id)).length > 0) return 'factor';
  return policy.needs(person, address) ? 'enrolment' : undefined;
}
