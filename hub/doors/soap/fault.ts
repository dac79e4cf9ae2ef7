import { type Static, Type } from 'typebox';
import { RelatedError } from '../../../adapters/kit/http/multipart-related.ts';
import { XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import { OneOf } from '../../../schemas/index.ts';
import { toPlainProblem } from '../../../schemas/reason.ts';
import { Refusal, refusalCodes, toRefusal } from '../../http/problem.ts';
import { AddressingError } from './addressing.ts';
import { EnvelopeError, type SoapVersion, soap11, soap12 } from './envelope.ts';
import { escapeXml, hubNamespace, toXmlChildren } from './values.ts';

/** The detail of a fault: the code of the REST door's problems, and each wrong field. */
export const RefusalDetail = Type.Object({
  code: OneOf(refusalCodes),
  message: Type.String(),
  problems: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
});

const longestReason = 1_000;

/** Turns whatever was thrown into a refusal in this door's words. `undefined`: an error of the hub. */
export function toSoapRefusal(error: unknown): Refusal | undefined {
  if (isOfEnvelope(error)) return new Refusal('malformed', error.message);
  const refusal = toRefusal(error);
  if (refusal?.code === 'unsupported-media-type')
    return new Refusal(
      'unsupported-media-type',
      'send text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2); a file may also come by MTOM: multipart/related with xop:Include',
    );
  return refusal;
}

/** True for an error of the envelope or the message around it, and not of a call. */
export const isOfEnvelope = (error: unknown): error is Error =>
  [XmlError, EnvelopeError, RelatedError, AddressingError].some((one) => error instanceof one);

export interface SoapFault {
  /** 500 in SOAP 1.1 (WS-I Basic Profile 1.1, R1126), 400 or 500 in SOAP 1.2. */
  status: number;
  /** What SOAP 1.2 puts into the header about the fault. */
  header: string;
  body: string;
  /** Seconds, for HTTP's Retry-After. */
  retryAfter: number | undefined;
}

export function toFault(version: SoapVersion, error: unknown): SoapFault {
  const refusal = toSoapRefusal(error) ?? new Refusal('unavailable');
  const isOurs = refusal.code === 'unavailable' || refusal.code === 'too-slow';
  const code = error instanceof EnvelopeError ? error.kind : isOurs ? version.hub : version.caller;
  const subcode = error instanceof AddressingError ? error : undefined;
  const reason = escapeXml(toText(refusal));
  const detail = toDetail(refusal);
  const retryAfter = refusal.retryAfter === undefined ? undefined : Math.ceil(refusal.retryAfter);
  const header = version === soap12 && error instanceof EnvelopeError ? toFaultHeader(error) : '';
  if (version === soap11) {
    // In SOAP 1.1 the subcode takes the place of the code (WS-Addressing SOAP Binding 1.0, section 6.2).
    const faultcode = subcode
      ? `<faultcode xmlns:wsa="${subcode.namespace}">wsa:${subcode.subcode}</faultcode>`
      : `<faultcode>soap:${code}</faultcode>`;
    const body = `<soap:Fault>${faultcode}<faultstring>${reason}</faultstring><detail>${detail}</detail></soap:Fault>`;
    return { status: 500, retryAfter, header, body };
  }
  const more = subcode
    ? `<soap:Subcode><soap:Value xmlns:wsa="${subcode.namespace}">wsa:${subcode.subcode}</soap:Value></soap:Subcode>`
    : '';
  return {
    status: code === 'Sender' ? 400 : 500,
    retryAfter,
    header,
    body: `<soap:Fault><soap:Code><soap:Value>soap:${code}</soap:Value>${more}</soap:Code><soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason><soap:Detail>${detail}</soap:Detail></soap:Fault>`,
  };
}

/** SOAP 1.2, part 1: each header that is not understood (5.4.8), or the versions that are (5.4.7). */
function toFaultHeader({ kind, headers }: EnvelopeError): string {
  if (kind === 'MustUnderstand')
    return headers
      .map(({ name, namespace }) => {
        const [prefix, declared] = namespace === '' ? ['', ''] : ['n:', ` xmlns:n="${escapeXml(namespace)}"`];
        return `<soap:NotUnderstood qname="${prefix}${name}"${declared}/>`;
      })
      .join('');
  const supported = [soap12, soap11].map(
    ({ namespace }) => `<soap:SupportedEnvelope qname="e:Envelope" xmlns:e="${namespace}"/>`,
  );
  return `<soap:Upgrade>${supported.join('')}</soap:Upgrade>`;
}

/** Many toolkits show only the reason, so it names the fields too. */
function toText({ message, problems }: Refusal): string {
  const named = problems
    .map(toPlainProblem)
    .map(({ pointer, message }) => `${pointer} ${message}`)
    .join('; ');
  const reason = named ? `${message}: ${named}` : message;
  return reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;
}

export function toRefusalDetail({ code, message, problems }: Refusal): Static<typeof RefusalDetail> {
  const fields = problems.map(toPlainProblem).map(({ pointer, message }) => ({ field: pointer, message }));
  return { code, message, problems: fields };
}

const toDetail = (refusal: Refusal): string =>
  `<refusal xmlns="${hubNamespace}">${toXmlChildren(toRefusalDetail(refusal), RefusalDetail)}</refusal>`;
