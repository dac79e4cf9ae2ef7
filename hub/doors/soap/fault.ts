import { Type } from 'typebox';
import { XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import { OneOf } from '../../../schemas/index.ts';
import { toPlainProblem } from '../../../schemas/reason.ts';
import { Refusal, refusalCodes, toRefusal } from '../../http/problem.ts';
import { EnvelopeError, type SoapVersion, soap11 } from './envelope.ts';
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
  if (error instanceof XmlError || error instanceof EnvelopeError)
    return new Refusal('malformed', error.message);
  const refusal = toRefusal(error);
  if (refusal?.code === 'unsupported-media-type')
    return new Refusal(
      'unsupported-media-type',
      'send text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2)',
    );
  return refusal;
}

export interface SoapFault {
  /** 500 in SOAP 1.1 (WS-I Basic Profile 1.1, R1126), 400 or 500 in SOAP 1.2. */
  status: number;
  body: string;
  /** Seconds, for HTTP's Retry-After. */
  retryAfter: number | undefined;
}

export function toFault(version: SoapVersion, error: unknown): SoapFault {
  const refusal = toSoapRefusal(error) ?? new Refusal('unavailable');
  const isOurs = refusal.code === 'unavailable' || refusal.code === 'too-slow';
  const code = error instanceof EnvelopeError ? error.kind : isOurs ? version.hub : version.caller;
  const reason = escapeXml(toText(refusal));
  const detail = toDetail(refusal);
  const retryAfter = refusal.retryAfter === undefined ? undefined : Math.ceil(refusal.retryAfter);
  if (version === soap11)
    return {
      status: 500,
      retryAfter,
      body: `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring><detail>${detail}</detail></soap:Fault>`,
    };
  return {
    status: code === 'Sender' ? 400 : 500,
    retryAfter,
    body: `<soap:Fault><soap:Code><soap:Value>soap:${code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason><soap:Detail>${detail}</soap:Detail></soap:Fault>`,
  };
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

function toDetail({ code, message, problems }: Refusal): string {
  const fields = problems.map(toPlainProblem).map(({ pointer, message }) => ({ field: pointer, message }));
  return `<refusal xmlns="${hubNamespace}">${toXmlChildren({ code, message, problems: fields }, RefusalDetail)}</refusal>`;
}
