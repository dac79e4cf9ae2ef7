import type { FindBySecret } from '../../access/keys/find-by-secret.ts';
import { type Caller, scopes } from '../../access/keys/scopes.ts';
import { Refusal } from '../../http/problem.ts';
import type { SeenMessages } from '../gate/seen-messages.ts';
import { findOperation, listOurHeaders, type SoapEnvelope } from './envelope.ts';
import type { XmlElement } from './read-xml.ts';
import { type ListSigners, listMeant } from './security/certificates.ts';
import { findOnly } from './security/find-only.ts';
import { mustBeFresh, mustBeInstant, rememberUntil } from './security/freshness.ts';
import { securityNamespace, signatureNamespace, utilityNamespace } from './security/names.ts';
import type { SignedParts } from './security/signature.ts';
import { isDigestOf, readUsernameToken, type UsernameToken } from './security/username-token.ts';

export interface CredentialChecks {
  /** Absent: the hub has no secret to derive the keys' secrets from, so it takes no digests. */
  findBySecret: FindBySecret | undefined;
  listSigners: ListSigners;
  seen: SeenMessages;
  now?: () => number;
}

/** A request whose sender must be identified. */
export interface Request {
  envelope: SoapEnvelope;
  /** HTTP's own header. */
  authorization: string | undefined;
  /**
   * Nobody between the caller and the hub can read it. It came by TLS, or from the hub's own machine if the settings
   * allow that.
   */
  confidential: boolean;
}

/** The caller that a request claims, for the gate to check. */
export interface Claim {
  /** Of a signed message, only the signed part. */
  operation: XmlElement;
  /** An API key, and the agency's code if it was sent with it. */
  key?: string;
  user?: string;
  /** The caller that a digest or a signature proved. */
  caller?: Caller;
  /** The message itself is signed, and not only its sender known. */
  signed?: boolean;
}

/**
 * Reads how a caller identifies itself. One way is an X.509 signature of Body and Timestamp. Another is a UsernameToken
 * over TLS: the agency's code, with a digest of a key's signing secret or with the key as text. The last is HTTP
 * Authorization: Bearer with the key, or Basic with both. Everything sent of WS-Security must be valid, and then HTTP
 * is not read. Errors: Refusal.
 */
export function createIdentify(checks: CredentialChecks): (request: Request) => Promise<Claim> {
  const { listSigners, seen, now = Date.now } = checks;

  async function readSignature(envelope: SoapEnvelope, security: XmlElement): Promise<Claim | undefined> {
    const signature = findOnly(security.elements, signatureNamespace, 'Signature');
    if (!signature) return undefined;
    const [signer] = listMeant(signature, security, listSigners());
    if (!signer)
      throw refuse(
        'the certificate of the signature is not registered here; send the registered one as BinarySecurityToken',
      );
    const { agency, certificate } = signer;
    // Loaded with the first signed message: few hubs have registered certificates.
    const { verifySignature } = await import('./security/signature.ts');
    const parts = verifySignature(envelope.text, envelope.version.namespace, certificate, now());
    const until = mustBeCurrent(parts, now());
    await seen.mustBeNew(agency, ['signature', parts.canonical], until);
    // A certificate has all scopes: no key of the agency limits them here.
    const caller = { agency, keyId: certificate.fingerprint256, scopes };
    return { operation: findOperation(parts.body.elements), caller, signed: true };
  }

  async function mustHaveDigest({ user, password, digest }: Required<UsernameToken>): Promise<Caller> {
    if (!checks.findBySecret)
      throw refuse(
        'this hub takes no PasswordDigest: SIGNING_SECRET is not set; send PasswordText over TLS, or sign',
      );
    const { nonce, created } = digest;
    const time = mustBeInstant(created, 'Created');
    mustBeFresh(time, now());
    const caller = await checks.findBySecret(user, (secret) => isDigestOf(password, nonce, created, secret));
    if (!caller) throw refuse(wrongDigest);
    await seen.mustBeNew(user, ['nonce', nonce], rememberUntil(time));
    return caller;
  }

  /** `bound`: the message has its own signature, so a captured token serves for no other message. */
  async function readToken(
    security: XmlElement,
    { confidential, bound }: { confidential: boolean; bound: boolean },
  ): Promise<Omit<Claim, 'operation'>> {
    const token = readUsernameToken(security);
    if (!token) return {};
    // A digest does not cover the body (UsernameToken Profile 1.0, section 4). Somebody who holds a call back could use
    // its digest for another call.
    if (token.digest && !confidential && !bound)
      throw refuse('PasswordDigest is taken over TLS only, as it does not bind the body; use https, or sign');
    if (token.digest) return { caller: await mustHaveDigest({ ...token, digest: token.digest }) };
    if (!confidential)
      throw refuse('PasswordText is taken over TLS only; use https, or a signature without a password');
    return { key: token.password, user: token.user };
  }

  return async ({ envelope, authorization, confidential }) => {
    const security = findSecurity(envelope);
    const signed = security && (await readSignature(envelope, security));
    const token = security ? await readToken(security, { confidential, bound: signed !== undefined }) : {};
    const named = token.caller?.agency ?? token.user;
    if (signed && named !== undefined && named !== signed.caller?.agency)
      throw refuse('the certificate and the UsernameToken belong to two agencies');
    const { operation } = signed ?? envelope;
    if (!signed && named === undefined) return { operation, ...readAuthorization(authorization) };
    if (!signed) return { operation, ...token };
    // If a token is sent too, the scopes of its key count.
    return token.key === undefined ? { ...signed, ...token } : { operation, signed: true, ...token };
  };
}

const refuse = (message: string) => new Refusal('unauthenticated', message);

const wrongDigest =
  'the digest is not Base64(SHA-1(nonce + created + password)) of the signing secret of a valid key of the agency; that is shown with the API key (mws_…), and is not the key itself';

/** The text for a caller that was not let in. */
export const waysIn =
  "send the agency's code and a valid API key: as WS-Security UsernameToken with PasswordText or as HTTP Basic, or the key as HTTP Bearer; or, over TLS too, a UsernameToken with PasswordDigest; or an X.509 signature of Body and Timestamp";

/** Checks the signed time stamp. Returns until when the message has to be remembered. */
function mustBeCurrent({ timestamp }: SignedParts, now: number): Date {
  const text = (name: string) => findOnly(timestamp.elements, utilityNamespace, name)?.text.trim();
  const created = mustBeInstant(text('Created') ?? '', 'Created');
  const expires = text('Expires');
  mustBeFresh(created, now, expires === undefined ? undefined : mustBeInstant(expires, 'Expires'));
  return rememberUntil(created);
}

/** The security header for the hub. There may be others, for others (WS-Security 1.0, section 5). */
const findSecurity = (envelope: SoapEnvelope): XmlElement | undefined =>
  findOnly(listOurHeaders(envelope), securityNamespace, 'Security');

/** The key, and with Basic the agency's code. Empty if there is neither. */
export function readAuthorization(header: string | undefined): { key?: string; user?: string } {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(header ?? '') ?? [];
  if (!scheme) return {};
  if (scheme.toLowerCase() === 'bearer') return { key: value };
  const [user = '', ...key] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { user, key: key.join(':') };
}
