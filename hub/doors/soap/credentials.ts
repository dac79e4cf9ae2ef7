import type { FindAgencyByKey } from '../../access/api-keys.ts';
import type { ListDigestPasswords } from '../../access/digest-passwords.ts';
import { Refusal } from '../problem.ts';
import { findOperation, type SoapEnvelope } from './envelope.ts';
import type { XmlElement } from './read-xml.ts';
import { type ListSigners, listMeant } from './security/certificates.ts';
import { findOnly } from './security/find-only.ts';
import { mustBeFresh, mustBeInstant, rememberUntil } from './security/freshness.ts';
import { securityNamespace, signatureNamespace, utilityNamespace } from './security/names.ts';
import type { SeenMessages } from './security/seen-messages.ts';
import { type SignedParts, verifySignature } from './security/signature.ts';
import { isDigestOf, readUsernameToken, type UsernameToken } from './security/username-token.ts';

export interface CredentialChecks {
  findAgencyByKey: FindAgencyByKey;
  /** Absent: the hub has no secret from which such passwords follow. */
  listDigestPasswords: ListDigestPasswords | undefined;
  listSigners: ListSigners;
  seen: SeenMessages;
  now?: () => number;
}

/** A request whose sender is to be known. */
export interface Knock {
  envelope: SoapEnvelope;
  /** HTTP's own header. */
  authorization: string | undefined;
  /** Nobody between the caller and the hub can read it: TLS, or the hub's own machine where the settings allow that. */
  confidential: boolean;
}

/** Who calls, and the operation that may be believed to be theirs: of a signed message only what was signed. */
export interface Caller {
  agency: string;
  operation: XmlElement;
}

/**
 * Which agency calls: by an X.509 signature of Body and Timestamp, by UsernameToken (agency's code; digest of its digest
 * password, or the API key as text over TLS), or by HTTP Authorization: Bearer with the key or Basic with both. What is
 * sent of WS-Security has to hold, all of it, and then HTTP is not asked. Errors: Refusal.
 */
export function createAuthenticate(checks: CredentialChecks): (knock: Knock) => Promise<Caller> {
  const { findAgencyByKey, listSigners, seen, now = Date.now } = checks;

  async function findSigned(envelope: SoapEnvelope, security: XmlElement) {
    const signature = findOnly(security.elements, signatureNamespace, 'Signature');
    if (!signature) return undefined;
    const meant = listMeant(signature, security, listSigners())[0];
    if (!meant)
      throw refuse(
        'the certificate of the signature is not registered here; send the registered one as BinarySecurityToken',
      );
    const { text, version } = envelope;
    const parts = verifySignature(text, version.namespace, meant.certificate, now());
    const until = mustBeCurrent(parts, now());
    await seen.mustBeNew(meant.agency, ['signature', parts.canonical], until);
    return { agency: meant.agency, operation: findOperation(parts.body.elements) };
  }

  async function mustFindByDigest({ user, password, digest }: Required<UsernameToken>): Promise<string> {
    if (!checks.listDigestPasswords)
      throw refuse('this hub takes no PasswordDigest; send PasswordText over TLS, or sign');
    const created = mustBeInstant(digest.created, 'Created');
    mustBeFresh(created, now());
    const passwords = await checks.listDigestPasswords(user);
    if (!passwords.some((one) => isDigestOf(password, digest.nonce, digest.created, one)))
      throw refuse(
        "the digest is not Base64(SHA-1(nonce + created + password)) of the agency's digest password; that is shown with the API key, and is not the key itself",
      );
    await seen.mustBeNew(user, ['nonce', digest.nonce], rememberUntil(created));
    return user;
  }

  async function findByToken(security: XmlElement, confidential: boolean): Promise<string | undefined> {
    const token = readUsernameToken(security);
    if (!token) return undefined;
    if (token.digest) return mustFindByDigest(token as Required<UsernameToken>);
    if (!confidential)
      throw refuse('PasswordText is taken over TLS only; use https, a PasswordDigest or a signature');
    return mustFindByKey({ user: token.user, key: token.password });
  }

  async function mustFindByKey(given: Credentials | undefined): Promise<string> {
    const agency = given && (await findAgencyByKey(given.key));
    if (!agency || (given.user !== undefined && given.user !== agency)) throw refuse(waysIn);
    return agency;
  }

  return async ({ envelope, authorization, confidential }) => {
    const security = findSecurity(envelope);
    const signed = security && (await findSigned(envelope, security));
    const named = security && (await findByToken(security, confidential));
    if (signed && named && signed.agency !== named)
      throw refuse('the certificate and the UsernameToken belong to two agencies');
    if (signed) return signed;
    const agency = named ?? (await mustFindByKey(readAuthorization(authorization)));
    return { agency, operation: envelope.operation };
  };
}

const refuse = (message: string) => new Refusal('unauthenticated', message);

const waysIn =
  "send the agency's code and a valid API key: as WS-Security UsernameToken with PasswordText or as HTTP Basic, or the key as HTTP Bearer; or a UsernameToken with PasswordDigest, or an X.509 signature of Body and Timestamp";

/** Checks the signed time stamp; until when the message has to be remembered. */
function mustBeCurrent({ timestamp }: SignedParts, now: number): Date {
  const text = (name: string) => findOnly(timestamp.elements, utilityNamespace, name)?.text.trim();
  const created = mustBeInstant(text('Created') ?? '', 'Created');
  const expires = text('Expires');
  mustBeFresh(created, now, expires === undefined ? undefined : mustBeInstant(expires, 'Expires'));
  return rememberUntil(created);
}

/** Roles that the hub plays (SOAP 1.1, section 4.2.2; SOAP 1.2, section 2.2). */
const ourRoles = [
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
];

/** The security header for the hub: there may be others, for others (WS-Security 1.0, section 5). */
function findSecurity({ headers, version }: SoapEnvelope): XmlElement | undefined {
  const roleOf = ({ attributes }: XmlElement) =>
    attributes.get(`{${version.namespace}}${version.roleAttribute}`)?.trim() ?? '';
  return findOnly(
    headers.filter((one) => ourRoles.includes(roleOf(one))),
    securityNamespace,
    'Security',
  );
}

interface Credentials {
  /** The agency's code; absent where only the key was sent. */
  user?: string;
  key: string;
}

function readAuthorization(header: string | undefined): Credentials | undefined {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(header ?? '') ?? [];
  if (!scheme) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { key: value };
  const [user = '', ...key] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { user, key: key.join(':') };
}
