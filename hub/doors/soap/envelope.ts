import { decode } from '../../../adapters/kit/charset.ts';
import { XmlError } from '../../../adapters/kit/soap-xml.ts';
import { readXml, type XmlElement } from './read-xml.ts';

/** What differs between the versions of SOAP. */
export interface SoapVersion {
  namespace: string;
  contentType: string;
  /** Local names of the fault codes: the caller's mistake, and ours. */
  caller: 'Client' | 'Sender';
  hub: 'Server' | 'Receiver';
}

export const soap11: SoapVersion = {
  namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
  contentType: 'text/xml; charset=utf-8',
  caller: 'Client',
  hub: 'Server',
};
const soap12: SoapVersion = {
  namespace: 'http://www.w3.org/2003/05/soap-envelope',
  contentType: 'application/soap+xml; charset=utf-8',
  caller: 'Sender',
  hub: 'Receiver',
};

/** The namespace of WS-Security 1.0 (OASIS, 2004). */
export const securityNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

/** Faults that SOAP itself defines for the envelope. */
export class EnvelopeError extends Error {
  readonly kind: 'VersionMismatch' | 'MustUnderstand';
  constructor(kind: EnvelopeError['kind'], message: string) {
    super(message);
    this.name = 'EnvelopeError';
    this.kind = kind;
  }
}

export interface SoapEnvelope {
  version: SoapVersion;
  headers: XmlElement[];
  /** The one element in the body: it names the operation, whatever SOAPAction says. */
  operation: XmlElement;
}

/** Which version a reply has to have while the envelope is not read yet. */
export const versionByContentType = (contentType: string | undefined): SoapVersion =>
  /^application\/soap\+xml/i.test(contentType ?? '') ? soap12 : soap11;

/**
 * Take a request apart: charset by BOM, Content-Type, declaration; EUC-KR is read as CP949.
 * Errors: XmlError for what is no envelope. EnvelopeError.
 */
export function readEnvelope(bytes: Uint8Array, contentType: string | undefined): SoapEnvelope {
  const { text, charset, damaged } = decode(bytes, { contentType });
  if (damaged) throw new XmlError(`the bytes are not ${charset}: some of them mean nothing there`);
  const envelope = readXml(text);
  const version = [soap11, soap12].find(({ namespace }) => namespace === envelope.namespace);
  if (envelope.name !== 'Envelope') throw new XmlError('the root element is not a SOAP Envelope');
  if (!version)
    throw new EnvelopeError(
      'VersionMismatch',
      `the Envelope must be in the namespace ${soap11.namespace} or ${soap12.namespace}`,
    );
  const part = (name: string) =>
    envelope.elements.find((one) => one.name === name && one.namespace === version.namespace)?.elements;
  const headers = part('Header') ?? [];
  const [operation, ...others] = part('Body') ?? [];
  if (!operation || others.length > 0)
    throw new XmlError('the SOAP Body must hold one element, which names the operation');
  return { version, headers, operation };
}

/** Errors: EnvelopeError, when the caller insists on a header that means nothing here. */
export function mustUnderstandAll({ headers, version }: SoapEnvelope): void {
  const mark = `{${version.namespace}}mustUnderstand`;
  for (const { name, namespace, attributes } of headers) {
    if (namespace === securityNamespace || !/^\s*(1|true)\s*$/.test(attributes.get(mark) ?? '')) continue;
    throw new EnvelopeError('MustUnderstand', `the header ${name} (${namespace}) is not known here`);
  }
}
