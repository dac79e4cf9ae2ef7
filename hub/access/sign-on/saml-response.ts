import { SaxesParser } from 'saxes';
import { SignOnError } from './sign-on-error.ts';

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
/** The most characters of a response: one with hundreds of groups has some ten thousand. */
const largest = 500_000;

/**
 * What may sign, digest and hide: nothing that is broken (SHA-1, RSA with PKCS#1 v1.5 for keys). The digest inside RSA-OAEP is no
 * signature, and ADFS says SHA-1 there.
 */
const algorithms: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  'http://www.w3.org/2009/xmlenc11#rsa-oaep',
  'http://www.w3.org/2009/xmlenc11#mgf1sha1',
  'http://www.w3.org/2009/xmlenc11#mgf1sha256',
]);

/**
 * Looks at a response before any signature is: its form, its address, and what it was signed and hidden with. What it says beyond that
 * is read from the signed part alone. Throws SignOnError.
 */
export function inspectResponse(encoded: string, acs: string): { inResponseTo: string | undefined } {
  if (encoded.length > largest) throw new SignOnError('untrusted', 'response_too_large');
  const xml = Buffer.from(encoded, 'base64').toString('utf8');
  const parser = new SaxesParser({ xmlns: true });
  let root: Record<string, { value: string }> | undefined;
  const path: string[] = [];
  const refuse = (code: string): never => {
    throw new SignOnError('untrusted', code);
  };
  parser.on('doctype', () => refuse('doctype'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (!root) {
      root = attributes;
      if (local !== 'Response' || uri !== protocol) refuse('no_response');
    }
    const algorithm = attributes.Algorithm?.value;
    const isInsideOaep = local === 'DigestMethod' && path.at(-1) === 'EncryptionMethod';
    if (algorithm !== undefined && !isInsideOaep && !algorithms.has(algorithm)) refuse('algorithm');
    path.push(local);
  });
  parser.on('closetag', () => void path.pop());
  parser.on('error', () => refuse('no_xml'));
  parser.write(xml).close();
  const destination = root?.Destination?.value;
  // SAML 2.0 Bindings, 3.5.5.2.
  if (destination !== undefined && destination !== acs) throw new SignOnError('audience', 'destination');
  return { inResponseTo: root?.InResponseTo?.value };
}

/** An element as xml2js reads it. */
interface Element {
  $?: Record<string, string>;
  _?: string;
  [child: string]: unknown;
}
const list = (element: Element | undefined, name: string): Element[] => {
  const found = element?.[name];
  return Array.isArray(found)
    ? found.map((one) => (typeof one === 'string' ? { _: one } : (one as Element)))
    : [];
};

/** What an assertion must fit. */
export interface Expected {
  entityId: string;
  acs: string;
  audience: string;
  /** The id of the request. Undefined: the provider began, and the settings allow that. */
  request: string | undefined;
  skewSeconds: number;
}

/** What the signed assertion says of itself. */
export interface Accepted {
  id: string;
  until: Date;
  contexts: string[];
}

/**
 * Checks the signed assertion (SAML 2.0 Profiles, 4.1.4.3 and 4.1.4.5; Core, 2.5). Nothing outside the signature counts here. Throws
 * SignOnError.
 */
export function acceptAssertion(signed: unknown, expected: Expected, now = Date.now()): Accepted {
  const assertion = (signed as { Assertion?: Element }).Assertion;
  const skew = expected.skewSeconds * 1000;
  const { ID: id } = assertion?.$ ?? {};
  if (!assertion || id === undefined) throw new SignOnError('untrusted', 'no_assertion');
  if (list(assertion, 'Issuer')[0]?._ !== expected.entityId) throw new SignOnError('untrusted', 'issuer');

  const [conditions, ...others] = list(assertion, 'Conditions');
  if (!conditions || others.length > 0) throw new SignOnError('untrusted', 'conditions');
  refuseTime(conditions.$ ?? {}, now, skew);
  const restrictions = list(conditions, 'AudienceRestriction');
  const isForUs = (restriction: Element) =>
    list(restriction, 'Audience').some((audience) => audience._?.trim() === expected.audience);
  if (restrictions.length === 0 || !restrictions.every(isForUs))
    throw new SignOnError('audience', 'audience');

  const confirmations = list(list(assertion, 'Subject')[0], 'SubjectConfirmation')
    .filter((one) => one.$?.Method === bearer)
    .map((one) => list(one, 'SubjectConfirmationData')[0]?.$ ?? {});
  const fits = ({ Recipient, InResponseTo }: Record<string, string>) =>
    Recipient === expected.acs && InResponseTo === expected.request;
  const [first] = confirmations;
  const confirmation = confirmations.find(fits);
  if (!confirmation)
    throw first && first.Recipient !== expected.acs
      ? new SignOnError('audience', 'recipient')
      : new SignOnError('untrusted', 'in_response_to');
  if (confirmation.NotOnOrAfter === undefined) throw new SignOnError('untrusted', 'not_on_or_after');
  refuseTime(confirmation, now, skew);

  const contexts = list(assertion, 'AuthnStatement')
    .flatMap((statement) => list(statement, 'AuthnContext'))
    .flatMap((context) => list(context, 'AuthnContextClassRef'))
    .flatMap(({ _: text }) => (text === undefined ? [] : [text.trim()]));
  if (list(assertion, 'AuthnStatement').length === 0) throw new SignOnError('untrusted', 'no_statement');
  return { id, until: new Date(toTime(confirmation.NotOnOrAfter) + skew), contexts };
}

function refuseTime(times: Record<string, string>, now: number, skew: number): void {
  const { NotBefore: from, NotOnOrAfter: until } = times;
  if (from !== undefined && now + skew < toTime(from)) throw new SignOnError('clock', 'not_before');
  if (until !== undefined && now - skew >= toTime(until)) throw new SignOnError('clock', 'not_on_or_after');
}

function toTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new SignOnError('untrusted', 'no_time');
  return time;
}
