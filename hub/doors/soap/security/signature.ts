import type { X509Certificate } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { Refusal } from '../../../http/problem.ts';
import { readXml, type XmlElement } from '../read-xml.ts';
import { exclusiveC14n, securityNamespace, signatureNamespace, utilityNamespace } from './names.ts';

/** What was signed, read from the very text over which the digests were computed. */
export interface SignedParts {
  body: XmlElement;
  timestamp: XmlElement;
  /** Both parts as they were signed. This text tells the message from any other. */
  canonical: string;
}

const dsigMore = 'http://www.w3.org/2001/04/xmldsig-more#';
/** SHA-1 can be forged; HMAC would make the public key a shared secret. */
const signatureMethods = [`${dsigMore}rsa-sha256`, `${dsigMore}rsa-sha512`];
const digestMethods = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];
/** Body, time stamp, and what else toolkits sign: tokens, addressing. */
const mostReferences = 8;

/**
 * Verifies the signature in the security header, over Body and Timestamp, with one certificate. Against signature
 * wrapping, both must be where the hub reads them: Body in the Envelope, Timestamp in this header. The result is parsed
 * from the canonical text that was verified; the original document is not read again. Errors: Refusal.
 */
export function verifySignature(
  xml: string,
  soapNamespace: string,
  certificate: X509Certificate,
  now: number,
): SignedParts {
  mustBeValidAt(certificate, now);
  const places = findPlaces(xml, soapNamespace);
  const signed = mustVerify(xml, places.signature, certificate);
  const canonicalOf = (place: Element) => {
    const id = place.getAttributeNS(utilityNamespace, 'Id');
    const canonical = id ? signed.get(`#${id}`) : undefined;
    if (canonical !== undefined) return canonical;
    throw refuse(
      `the signature has no Reference to the wsu:Id of ${place.localName}; sign Body and Timestamp`,
    );
  };
  const [body, timestamp] = [canonicalOf(places.body), canonicalOf(places.timestamp)];
  return {
    body: mustBe(readXml(body), soapNamespace, 'Body'),
    timestamp: mustBe(readXml(timestamp), utilityNamespace, 'Timestamp'),
    canonical: body + timestamp,
  };
}

/** Checks that the two parsers agree about what was signed. */
function mustBe(element: XmlElement, namespace: string, name: string): XmlElement {
  if (element.name === name && element.namespace === namespace) return element;
  throw refuse(`what is signed as ${name} is something else`);
}

const refuse = (message: string) => new Refusal('unauthenticated', message);

function mustBeValidAt({ validFrom, validTo, fingerprint256 }: X509Certificate, now: number): void {
  if (now >= Date.parse(validFrom) && now <= Date.parse(validTo)) return;
  throw refuse(
    `the certificate ${fingerprint256.slice(0, 23)}… is valid from ${validFrom} to ${validTo} only`,
  );
}

interface Places {
  body: Element;
  timestamp: Element;
  signature: Element;
}

/** Finds the three elements by their place. Similar elements elsewhere do not count. */
function findPlaces(xml: string, soapNamespace: string): Places {
  const envelope = parse(xml).documentElement;
  const only = (parent: Element, namespace: string, name: string): Element => {
    const found = childrenOf(parent).filter(
      (one) => one.localName === name && one.namespaceURI === namespace,
    );
    if (!found[0] || found.length > 1) throw refuse(`one ${name} is needed in ${parent.localName}`);
    return found[0];
  };
  const body = only(envelope, soapNamespace, 'Body');
  // The door has refused a second security header for the hub. One for somebody else does not matter.
  const security = childrenOf(only(envelope, soapNamespace, 'Header')).filter(
    (one) =>
      one.localName === 'Security' &&
      one.namespaceURI === securityNamespace &&
      childrenOf(one).some((child) => child.namespaceURI === signatureNamespace),
  );
  if (!security[0] || security.length > 1) throw refuse('one Security header with a Signature is needed');
  return {
    body,
    timestamp: only(security[0], utilityNamespace, 'Timestamp'),
    signature: only(security[0], signatureNamespace, 'Signature'),
  };
}

const childrenOf = (parent: Element): Element[] =>
  Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);

function parse(xml: string): Document {
  const fail = (message: string) => {
    throw refuse(`the envelope cannot be read as XML with a signature: ${message.slice(0, 100)}`);
  };
  // A warning is an error too: what one parser forgives, another reads differently.
  return new DOMParser({ errorHandler: { warning: fail, error: fail, fatalError: fail } }).parseFromString(
    xml,
    'text/xml',
  );
}

/** The canonical text of every verified Reference, by its URI. */
function mustVerify(xml: string, signature: Element, certificate: X509Certificate): Map<string, string> {
  const verifier = new SignedXml({
    idMode: 'wssecurity',
    publicCert: certificate.publicKey,
    getCertFromKeyInfo: () => null,
  });
  allowOnly(verifier.SignatureAlgorithms, signatureMethods);
  allowOnly(verifier.HashAlgorithms, digestMethods);
  allowOnly(verifier.CanonicalizationAlgorithms, [exclusiveC14n]);
  const written = childrenOf(signature).find(({ localName }) => localName === 'SignedInfo');
  if (!written || childrenOf(written).length > mostReferences + 2)
    throw refuse(`the signature must have 1 to ${mostReferences} references`);
  let valid: boolean;
  try {
    verifier.loadSignature(signature as unknown as Node);
    valid = verifier.checkSignature(xml);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown reason';
    throw refuse(`${requirements}; the signature cannot be checked: ${reason}`);
  }
  if (!valid) throw refuse('the signature does not fit: Body or Timestamp were changed after signing');
  const texts = verifier.getSignedReferences();
  return new Map(verifier.getReferences().map(({ uri }, index) => [uri ?? '', texts[index] ?? '']));
}

const requirements =
  'sign with RSA and SHA-256 or SHA-512, digests of the same, and exclusive canonicalization as the only transform';

function allowOnly(algorithms: object, allowed: string[]): void {
  for (const name of Object.keys(algorithms))
    if (!allowed.includes(name)) delete (algorithms as Record<string, unknown>)[name];
}
