import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Agency } from '../../../schemas/index.ts';
import { createNetworkCheck } from '../../../schemas/networks.ts';
import type { KeyLookup } from '../../access/keys/api-keys.ts';
import { readShownCertificate, toFingerprint } from '../../access/keys/client-certificate.ts';
import {
  type Signature,
  toSigningSecret,
  type Verified,
  verifySignature,
} from '../../access/keys/request-signature.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Directory } from '../../configuration/directory.ts';
import { toDoorLimits } from '../../configuration/door-limits.ts';
import { mustBeThere, Refusal } from '../../http/problem.ts';
import type { IsProxy } from '../../http/proxy-trust.ts';
import type { RequestLifetime } from '../../http/request-lifetime.ts';
import type { Admission, Limits } from './limits.ts';
import type { SeenMessages } from './seen-messages.ts';
import type { Strangers } from './strangers.ts';

/** A request at a door, before it is let in. */
export interface Knock {
  /** The API key (`mwk_…`), wherever the door's protocol carries it. Absent: none was sent, or `caller` is known. */
  key?: string | undefined;
  /** The caller, if the protocol itself has proved it (a signed SOAP header). */
  caller?: Caller | undefined;
  /** True: the protocol's own signature covers the message. */
  signed?: boolean | undefined;
  /** Set at the agent door. Only keys of agents open it, and they open no other. */
  door?: 'agent';
  /** The caller's IP address; behind a trusted proxy, the address that the proxy names. */
  address: string;
  method: string;
  scheme: 'http' | 'https';
  /** Path and query as sent. */
  target: string;
  headers: IncomingHttpHeaders;
  /** The connection of the request. With TLS, it holds the certificate shown in the handshake. */
  socket?: Socket;
  /** Called with the caller as soon as it is known, also of a call that is refused then. */
  found?(caller: Caller): void;
}

/** One request that was let in. */
export interface Entry extends Admission {
  caller: Caller;
  /** The most bytes of a body by the agency's own rule, also of what a compressed one becomes. */
  bodyBytes?: number;
}

/**
 * The one way into every door. It checks key or signature, network, certificate, and the agency's limits of size, rate
 * and concurrency. Errors: Refusal `unauthenticated`, `forbidden`, `too-large`, `too-many-requests`; `unavailable` if
 * the caller has left.
 */
export interface Gate {
  enter(knock: Knock, lifetime: RequestLifetime): Promise<Entry>;
  /** Whether the headers alone prove the caller. Errors: Refusal, for a wrong signature (RFC 9421). */
  knows(knock: Knock): Promise<boolean>;
}

export interface GateDependencies {
  directory: Directory;
  keys: KeyLookup;
  limits: Limits;
  seen: SeenMessages;
  strangers: Strangers;
  /** The proxies whose Client-Cert header is believed. */
  isProxy: IsProxy;
  /** Signing secrets are derived from it. Absent: requests cannot be signed. */
  signingSecret?: string | undefined;
}

type DoorRules = NonNullable<Agency['doors']>;
const noRules: DoorRules = {};

export function createGate(dependencies: GateDependencies): Gate {
  const { directory, limits, seen, strangers } = dependencies;
  return {
    async enter(knock, lifetime) {
      const { caller, isSigned, signature } = await findCaller(dependencies, knock);
      if (!caller) throw strangers.turnAway(knock.address, askForCredentials(dependencies, knock));
      knock.found?.(caller);
      if (caller.scopes.includes('agent') !== (knock.door === 'agent'))
        throw new Refusal('forbidden', "an agent's key opens the agent door, and no other key does");
      const rules = directory.findAgency(caller.agency)?.doors ?? noRules;
      // An agent signs nothing. Its key changes by itself, and the data that it may get is bound to its agency.
      const needsNoSignature = isSigned || knock.door === 'agent';
      const refusal = findRuleBroken(rules, knock, needsNoSignature, dependencies.isProxy);
      if (refusal) throw refusal;
      const admission = await limits.enter(caller.agency, toDoorLimits(rules), lifetime);
      // This check comes last, so that a caller that was told to wait may send the same message again.
      if (signature) await seen.mustBeNew(caller.agency, ['rfc9421', signature.bytes], signature.until);
      mustBeThere(lifetime);
      const { bodyBytes } = rules;
      const here = { ...caller, address: knock.address };
      return { ...admission, caller: here, ...(bodyBytes !== undefined && { bodyBytes }) };
    },
    knows: async (knock) => (await findCaller(dependencies, knock)).caller !== undefined,
  };
}

async function findCaller(
  { keys, signingSecret, strangers }: GateDependencies,
  knock: Knock,
): Promise<{ caller?: Caller | undefined; isSigned: boolean; signature?: Signature }> {
  if (knock.headers['signature-input'] === undefined) {
    const caller = knock.caller ?? (knock.key ? await keys.byKey(knock.key) : undefined);
    return { caller, isSigned: knock.signed === true };
  }
  const verified = verifyKnock(knock, signingSecret);
  if (!verified.ok) {
    const detail = `the signature is refused: ${verified.reason}`;
    const refusal = new Refusal('unauthenticated', detail, [], undefined, askForSignature(knock.headers));
    throw strangers.turnAway(knock.address, refusal);
  }
  return { caller: await keys.byId(verified.keyId), isSigned: true, signature: verified };
}

/** RFC 9421, 5.1: what a signature has to cover. */
function askForSignature(headers: IncomingHttpHeaders): Record<string, string> {
  const digest = isWithin(0, headers) ? '' : ' "content-digest"';
  return {
    'accept-signature': `sig1=("@method" "@request-target"${digest});created;nonce;alg="hmac-sha256"`,
  };
}

function askForCredentials({ signingSecret }: GateDependencies, { headers }: Knock): Refusal {
  return new Refusal(
    'unauthenticated',
    undefined,
    [],
    undefined,
    signingSecret ? askForSignature(headers) : {},
  );
}

/** Verifies the signature of a request, if this hub takes signatures. */
export function verifyKnock(knock: Knock, signingSecret: string | undefined): Verified {
  if (!signingSecret)
    return { ok: false, reason: 'this hub takes no signed requests: its SIGNING_SECRET is not set' };
  return verifySignature(knock, (keyId) => toSigningSecret(signingSecret, keyId), Date.now());
}

/** The agency's own rule that refuses this request. Undefined: none does. */
export function findRuleBroken(
  rules: DoorRules,
  knock: Knock,
  isSigned: boolean,
  isProxy: IsProxy,
): Refusal | undefined {
  const { networks, certificates, signed, bodyBytes } = rules;
  if (networks && !isNear(networks, knock.address))
    return new Refusal('forbidden', `calls from ${knock.address} are not open to this agency`);
  const certificate = certificates && findCertificateProblem(certificates, knock, isProxy);
  if (certificate) return new Refusal('forbidden', certificate);
  if (signed && !isSigned)
    return new Refusal(
      'unauthenticated',
      'this agency has to sign its requests (RFC 9421; at the SOAP door X.509)',
      [],
      undefined,
      // A challenge is required (RFC 9110, 15.5.2), and Bearer would be wrong. RFC 9421 names no scheme for it.
      { 'www-authenticate': 'Signature', ...askForSignature(knock.headers) },
    );
  if (bodyBytes !== undefined && !isWithin(bodyBytes, knock.headers))
    return new Refusal(
      'too-large',
      `at most ${bodyBytes} bytes, told by Content-Length, are open to this agency`,
    );
  return undefined;
}

/** Keyed by the list itself: the directory makes a new list when it changes. */
const networkChecks = new WeakMap<string[], (address: string) => boolean>();

function isNear(networks: string[], address: string): boolean {
  const check = networkChecks.get(networks) ?? createNetworkCheck(networks);
  networkChecks.set(networks, check);
  return check(address);
}

function findCertificateProblem(
  certificates: string[],
  { headers, socket }: Knock,
  isProxy: IsProxy,
): string | undefined {
  const header = headers['client-cert'];
  const isPassedOn = isProxy(socket?.remoteAddress);
  const passedOn = isPassedOn && typeof header === 'string' ? toFingerprint(header) : undefined;
  const shown = passedOn === undefined ? readShownCertificate(socket) : { fingerprint: passedOn };
  if (!shown)
    return 'a client certificate is required, and none arrived: neither in the TLS handshake nor through a trusted proxy';
  if ('problem' in shown) return `the client certificate is not trusted: ${shown.problem}`;
  return certificates.includes(shown.fingerprint)
    ? undefined
    : `the client certificate with the SHA-256 fingerprint ${shown.fingerprint} is not one of this agency`;
}

function isWithin(bodyBytes: number, headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= bodyBytes;
}
