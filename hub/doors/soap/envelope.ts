import { decode } from '../../../adapters/kit/text/charset.ts';
import { XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import { toReason } from '../../../schemas/reason.ts';
import { isAddressing } from './addressing-names.ts';
import { readXml, type XmlElement } from './read-xml.ts';
import { securityNamespace } from './security/names.ts';

/** What differs between the versions of SOAP. */
export interface SoapVersion {
  namespace: string;
  contentType: string;
  /** The attribute of a header that names its receiver. */
  roleAttribute: 'actor' | 'role';
  /** Local names of the fault codes: the caller's error, and the hub's. */
  caller: 'Client' | 'Sender';
  hub: 'Server' | 'Receiver';
}

export const soap11: SoapVersion = {
  namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
  contentType: 'text/xml; charset=utf-8',
  roleAttribute: 'actor',
  caller: 'Client',
  hub: 'Server',
};
export const soap12: SoapVersion = {
  namespace: 'http://www.w3.org/2003/05/soap-envelope',
  contentType: 'application/soap+xml; charset=utf-8',
  roleAttribute: 'role',
  caller: 'Sender',
  hub: 'Receiver',
};

/** Faults that SOAP itself defines for the envelope. */
export class EnvelopeError extends Error {
  readonly kind: 'VersionMismatch' | 'MustUnderstand';
  /** The headers that are not known here. */
  readonly headers: XmlElement[];
  constructor(kind: EnvelopeError['kind'], message: string, headers: XmlElement[] = []) {
    super(message);
    this.name = 'EnvelopeError';
    this.kind = kind;
    this.headers = headers;
  }
}

export interface SoapEnvelope {
  version: SoapVersion;
  /** The text as it came, in characters: signatures are made over it. */
  text: string;
  headers: XmlElement[];
  /** The one element in the body. It names the operation, whatever SOAPAction says. */
  operation: XmlElement;
}

/** The version of a reply while the envelope is not read yet. With MTOM, start-info or type names that of the envelope. */
export const versionByContentType = (contentType: string | undefined): SoapVersion =>
  /^(multipart\/related;.*)?\bapplication\/soap\+xml\b/is.test(contentType ?? '') ? soap12 : soap11;

/**
 * Parses a request. The charset comes from BOM, Content-Type or declaration; EUC-KR is read as CP949. Errors: XmlError
 * if it is no envelope, EnvelopeError.
 */
export function readEnvelope(bytes: Uint8Array, contentType: string | undefined): SoapEnvelope {
  const { text, charset, damaged } = decode(bytes, { contentType });
  if (damaged) throw new XmlError(toReason('bytes_meaningless', { charset }));
  const envelope = readXml(text);
  const version = [soap11, soap12].find(({ namespace }) => namespace === envelope.namespace);
  if (envelope.name !== 'Envelope') throw new XmlError(toReason('no_envelope'));
  if (!version)
    throw new EnvelopeError(
      'VersionMismatch',
      `the Envelope must be in the namespace ${soap11.namespace} or ${soap12.namespace}`,
    );
  const { header, body } = findParts(envelope, version);
  return { version, text, headers: header?.elements ?? [], operation: findOperation(body.elements) };
}

/** SOAP 1.1, section 4.1: at most one Header, then the Body, and nothing else in SOAP's namespace. */
function findParts(envelope: XmlElement, { namespace }: SoapVersion) {
  const parts = envelope.elements.filter((one) => one.namespace === namespace);
  const [body, header, ...others] = parts.toReversed();
  if (body?.name !== 'Body' || (header && header.name !== 'Header') || others.length > 0)
    throw new XmlError(toReason('envelope_parts'));
  return { header, body };
}

/** The one element in a Body. Errors: XmlError. */
export function findOperation([operation, ...others]: XmlElement[]): XmlElement {
  if (!operation || others.length > 0) throw new XmlError(toReason('body_parts'));
  return operation;
}

/** Roles that the hub plays (SOAP 1.1, section 4.2.2; SOAP 1.2, section 2.2). */
const ourRoles = [
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
];

/** The headers for the hub. There may be others, for others. */
export function listOurHeaders({ headers, version }: SoapEnvelope): XmlElement[] {
  const attribute = `{${version.namespace}}${version.roleAttribute}`;
  return headers.filter(({ attributes }) => ourRoles.includes(attributes.get(attribute)?.trim() ?? ''));
}

/** Errors: EnvelopeError, if the caller insists on a header that the hub does not know. */
export function mustUnderstandAll(envelope: SoapEnvelope): void {
  const mark = `{${envelope.version.namespace}}mustUnderstand`;
  const unknown = listOurHeaders(envelope).filter(
    (header) =>
      header.namespace !== securityNamespace &&
      !isAddressing(header) &&
      /^\s*(1|true)\s*$/.test(header.attributes.get(mark) ?? ''),
  );
  if (unknown.length === 0) return;
  const named = unknown.map(({ name, namespace }) => `${name} (${namespace})`).join(', ');
  throw new EnvelopeError(
    'MustUnderstand',
    `not known here, and sent with mustUnderstand: ${named}`,
    unknown,
  );
}
