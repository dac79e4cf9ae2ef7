import type {
  GenerateAuthenticationOptionsOpts,
  VerifyAuthenticationResponseOpts,
  VerifyRegistrationResponseOpts,
} from '@simplewebauthn/server';
import type { Logger } from 'pino';
import type { Store } from '../../store/database.ts';
import { ask, takeAsk } from './factor-asks.ts';
import { listPasskeys, type NewFactor, notePasskeyUse, type Owner, type Passkey } from './factors.ts';

/** The site that passkeys belong to: they work nowhere else, so no other site can ask for them. */
export interface Site {
  /** `https://hub.example.kr` */
  origin: string;
  /** `hub.example.kr` */
  host: string;
}

/** The site of an address of the hub. Undefined: a passkey belongs to a name, never to an IP address. */
export function toSite(baseUrl: string): Site | undefined {
  const { origin, hostname } = new URL(baseUrl);
  const isName = /[a-z]/.test(hostname) && !hostname.startsWith('[');
  return isName ? { origin, host: hostname } : undefined;
}

/** EdDSA, ES256 and RS256 of COSE (RFC 9053, RFC 8812): what authenticators have, and no algorithm that Node calls an experiment. */
const algorithms = [-8, -7, -257];

/** Loaded when somebody has a passkey: it reads certificates of authenticators, and takes time and room. */
const loadWebAuthn = () => import('@simplewebauthn/server');

type Transports = NonNullable<GenerateAuthenticationOptionsOpts['allowCredentials']>[number]['transports'];
const toAllowed = ({ credential, transports }: Passkey) => ({
  id: credential,
  transports: transports as NonNullable<Transports>,
});

/** What a browser needs to make a passkey, as JSON. `holder`: the session or the half sign-in that waits for it. */
export async function offerNewPasskey(
  store: Store,
  holder: string,
  owner: Owner,
  site: Site,
): Promise<string> {
  const { generateRegistrationOptions } = await loadWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: 'Minwon Hub',
    rpID: site.host,
    userName: owner.login,
    userID: new TextEncoder().encode(owner.id),
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: (await listPasskeys(store, owner.id)).map(toAllowed),
  });
  await ask(store, holder, 'passkey_new', options.challenge);
  return JSON.stringify(options);
}

/** The passkey that a browser made for what was asked. Undefined: it is none, or nobody asked. */
export async function takeNewPasskey(
  store: Store,
  log: Logger,
  holder: string,
  site: Site,
  given: { name: string; answer: string },
): Promise<NewFactor | undefined> {
  const expectedChallenge = await takeAsk(store, holder, 'passkey_new');
  const response = toJson(given.answer);
  if (expectedChallenge === undefined || response === undefined) return undefined;
  const { verifyRegistrationResponse } = await loadWebAuthn();
  const verified = await verifyRegistrationResponse({
    response: response as VerifyRegistrationResponseOpts['response'],
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    supportedAlgorithmIDs: algorithms,
    // It is the second factor: the password shows what the person knows.
    requireUserVerification: false,
  }).catch((err: unknown) => {
    log.warn({ err }, 'a new passkey was not taken');
    return undefined;
  });
  if (!verified?.verified) return undefined;
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  return {
    kind: 'passkey',
    name: given.name,
    credential: id,
    publicKey: Buffer.from(publicKey),
    uses: counter,
    transports: transports ?? [],
  };
}

/** What a browser needs to use one of the person's passkeys, as JSON. Undefined: the person has none. */
export async function offerPasskeys(
  store: Store,
  holder: string,
  userId: string,
  site: Site,
): Promise<string | undefined> {
  const passkeys = await listPasskeys(store, userId);
  if (passkeys.length === 0) return undefined;
  const { generateAuthenticationOptions } = await loadWebAuthn();
  const options = await generateAuthenticationOptions({
    rpID: site.host,
    allowCredentials: passkeys.map(toAllowed),
  });
  await ask(store, holder, 'passkey', options.challenge);
  return JSON.stringify(options);
}

/** Whether the answer of a browser shows one of the person's passkeys. An answer counts once. */
export async function takePasskey(
  store: Store,
  log: Logger,
  holder: string,
  userId: string,
  site: Site,
  answer: string,
): Promise<boolean> {
  const expectedChallenge = await takeAsk(store, holder, 'passkey');
  const response = toJson(answer) as { id?: unknown } | undefined;
  const passkey = (await listPasskeys(store, userId)).find(({ credential }) => credential === response?.id);
  if (expectedChallenge === undefined || !passkey) return false;
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  const verified = await verifyAuthenticationResponse({
    response: response as unknown as VerifyAuthenticationResponseOpts['response'],
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    credential: {
      id: passkey.credential,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.uses,
    },
    requireUserVerification: false,
  }).catch((err: unknown) => {
    log.warn({ err, user: userId }, 'a passkey was not taken');
    return undefined;
  });
  if (!verified?.verified) return false;
  await notePasskeyUse(store, passkey.id, verified.authenticationInfo.newCounter);
  return true;
}

/** Undefined: it is no JSON object. */
function toJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
