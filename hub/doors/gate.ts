import type { IncomingHttpHeaders } from 'node:http';
import type { Agency } from '../../schemas/index.ts';
import type { KeyLookup } from '../access/api-keys.ts';
import { toFingerprint } from '../access/client-certificate.ts';
import { createNetworkCheck } from '../access/networks.ts';
import { toSigningSecret, verifySignature } from '../access/request-signature.ts';
import type { Caller } from '../access/scopes.ts';
import type { Directory } from '../configuration/directory.ts';
import type { AgencyLimits } from './lease-limits.ts';
import type { Admission, Limits } from './limits.ts';
import { Refusal } from './problem.ts';

/** Who stands at a door. */
export interface Knock {
  /** The API key (`mwk_…`), wherever the door's protocol carries it; absent: none was sent, or `caller` is known. */
  key?: string | undefined;
  /** Where the protocol itself has proved who calls (a signed SOAP header): that caller. */
  caller?: Caller | undefined;
  /** IP address of the caller; behind a trusted proxy the one that the proxy names. */
  address: string;
  method: string;
  /** Path and query as sent. */
  target: string;
  headers: IncomingHttpHeaders;
}

/** One request that was let in; `leave` has to be called when it was answered, however that ended. */
export interface Entry extends Admission {
  caller: Caller;
}

/**
 * The one way into every door: key or signature, network, certificate, and the agency's limits of size, rate and
 * concurrency. Errors: Refusal `unauthenticated`, `forbidden`, `too-large`, `too-many-requests`.
 */
export interface Gate {
  enter(knock: Knock): Promise<Entry>;
}

export interface GateDependencies {
  directory: Directory;
  keys: KeyLookup;
  limits: Limits;
  /** A proxy in front is believed: X-Forwarded-For, Client-Cert. */
  trustProxy: boolean;
  /** From which signing secrets are made; absent: requests cannot be signed. */
  signingSecret?: string | undefined;
}

type DoorRules = NonNullable<Agency['doors']>;
const noRules: DoorRules = {};
const usual: AgencyLimits = { requestsPerMinute: 60_000, concurrency: 64 };

export function createGate(dependencies: GateDependencies): Gate {
  const { directory, keys, limits, signingSecret } = dependencies;
  /** By the rules' own object: the directory makes a new one when they change. */
  const networkChecks = new WeakMap<DoorRules, (address: string) => boolean>();

  function isNear(rules: DoorRules, address: string): boolean {
    let check = networkChecks.get(rules);
    if (!check) networkChecks.set(rules, (check = createNetworkCheck(rules.networks ?? [])));
    return check(address);
  }

  async function findCaller(knock: Knock): Promise<{ caller?: Caller | undefined; isSigned: boolean }> {
    if (knock.headers['signature-input'] === undefined)
      return { caller: knock.caller ?? (knock.key ? await keys.byKey(knock.key) : undefined), isSigned: false };
    const secretOf = (id: string) => toSigningSecret(mustSign(signingSecret), id);
    const verified = verifySignature(knock, secretOf, Date.now());
    if (!verified.ok) throw new Refusal('unauthenticated', `the signature is refused: ${verified.reason}`);
    return { caller: await keys.byId(verified.keyId), isSigned: true };
  }

  return {
    async enter(knock) {
      const { caller, isSigned } = await findCaller(knock);
      if (!caller) throw new Refusal('unauthenticated');
      const rules = directory.findAgency(caller.agency)?.doors;
      if (rules) {
        if (rules.networks && !isNear(rules, knock.address))
          throw new Refusal('forbidden', `calls from ${knock.address} are not open to ${caller.agency}`);
        refuseCertificate(rules, knock, dependencies.trustProxy);
        if (rules.signed && !isSigned)
          throw new Refusal('unauthenticated', `${caller.agency} has to sign its requests (RFC 9421)`);
        refuseSize(rules, knock.headers);
      }
      const admission = await limits.enter(caller.agency, toLimits(rules ?? noRules));
      return { ...admission, caller };
    },
  };
}

function mustSign(secret: string | undefined): string {
  if (!secret) throw new Refusal('unauthenticated', 'this hub takes no signed requests: SIGNING_SECRET is not set');
  return secret;
}

/** What is open to an agency at the doors. */
export const toLimits = (rules: DoorRules): AgencyLimits => ({
  requestsPerMinute: rules.requestsPerMinute ?? usual.requestsPerMinute,
  concurrency: rules.concurrency ?? usual.concurrency,
});

function refuseCertificate({ certificates }: DoorRules, { headers }: Knock, trustProxy: boolean): void {
  if (!certificates) return;
  const header = headers['client-cert'];
  const fingerprint = trustProxy && typeof header === 'string' ? toFingerprint(header) : undefined;
  if (!fingerprint) throw new Refusal('forbidden', 'a client certificate is required');
  if (!certificates.includes(fingerprint))
    throw new Refusal('forbidden', `the client certificate ${fingerprint} is not one of this agency`);
}

function refuseSize({ bodyBytes }: DoorRules, headers: IncomingHttpHeaders): void {
  if (bodyBytes === undefined) return;
  if (headers['transfer-encoding'] !== undefined)
    throw new Refusal('too-large', `send Content-Length: at most ${bodyBytes} bytes are open to this agency`);
  if (Number(headers['content-length'] ?? 0) > bodyBytes)
    throw new Refusal('too-large', `at most ${bodyBytes} bytes are open to this agency`);
}
