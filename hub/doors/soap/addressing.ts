import { addressingNamespaces, isAddressing } from './addressing-names.ts';
import { listOurHeaders, type SoapEnvelope } from './envelope.ts';
import type { XmlElement } from './read-xml.ts';
import { escapeXml, hubNamespace } from './values.ts';

/** What a caller that uses WS-Addressing finds in the reply. */
export interface Addressing {
  namespace: string;
  /** Absent: the caller gave none. */
  messageId: string | undefined;
}

/** A fault that WS-Addressing defines (SOAP Binding 1.0, chapter 6). */
export class AddressingError extends Error {
  readonly namespace: string;
  readonly subcode: 'OnlyAnonymousAddressSupported' | 'InvalidAddressingHeader';
  constructor(namespace: string, subcode: AddressingError['subcode'], message: string) {
    super(message);
    this.name = 'AddressingError';
    this.namespace = namespace;
    this.subcode = subcode;
  }
}

/** Undefined: the caller does not use WS-Addressing. */
export function findAddressing(envelope: SoapEnvelope): Addressing | undefined {
  const [first] = listOurHeaders(envelope).filter(isAddressing);
  if (!first) return undefined;
  const { namespace } = first;
  const text = named(envelope, namespace, 'MessageID')[0]?.text.trim();
  return { namespace, messageId: text || undefined };
}

/**
 * Errors: AddressingError, if the reply should go elsewhere than back on the connection, or a header stands twice
 * (SOAP Binding 1.0, section 3.2). An address of the caller's is never called: anybody could be made its victim.
 */
export function mustBeAnsweredHere(envelope: SoapEnvelope, { namespace }: Addressing): void {
  const { anonymous } = addressingNamespaces.get(namespace) ?? { anonymous: '' };
  for (const name of ['To', 'Action', 'MessageID', 'ReplyTo', 'FaultTo', 'From']) {
    const [header, ...others] = named(envelope, namespace, name);
    if (others.length > 0)
      throw new AddressingError(namespace, 'InvalidAddressingHeader', `${name} stands here more than once`);
    if (!header || !name.endsWith('To') || name === 'To') continue;
    const address = header.elements.find((one) => one.name === 'Address')?.text.trim();
    if (address !== anonymous)
      throw new AddressingError(
        namespace,
        'OnlyAnonymousAddressSupported',
        `${name} must have the Address ${anonymous}: the hub answers on the connection of the request only`,
      );
  }
}

const named = (envelope: SoapEnvelope, namespace: string, name: string): XmlElement[] =>
  listOurHeaders(envelope).filter((one) => one.name === name && one.namespace === namespace);

/**
 * The header of a reply. `operation` absent: a fault that SOAP or WS-Addressing defines. The actions are those that a
 * WSDL without `wsaw:Action` means (WSDL Binding, section 4.4.4).
 */
export function toAddressingHeader(
  { namespace, messageId }: Addressing,
  operation: string | undefined,
  isFault: boolean,
): string {
  const write = (name: string, text: string) =>
    `<wsa:${name} xmlns:wsa="${namespace}">${escapeXml(text)}</wsa:${name}>`;
  const said = isFault ? `${operation}:Fault:refusal` : `${operation}Response`;
  const action =
    operation === undefined
      ? (addressingNamespaces.get(namespace)?.fault ?? '')
      : `${hubNamespace}:Hub:${said}`;
  const relates = messageId === undefined ? '' : write('RelatesTo', messageId);
  return `${write('Action', action)}${relates}`;
}
