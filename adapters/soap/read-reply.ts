import { reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { BoardHttp, BoardReply } from '../kit/http/http.ts';
import type { RequestSecrets } from '../kit/http/request-secrets.ts';
import { toToldError } from '../kit/mapped/told-error.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import type { CallErrorKind } from '../kit/outcome/call-error.ts';
import { decode } from '../kit/text/charset.ts';
import { type Fault, type Include, parseEnvelope, type XmlNode } from '../kit/text/soap-xml.ts';
import type { SoapSettings } from './config.ts';

const isGood = ({ status }: Pick<BoardReply, 'status'>) => status >= 200 && status <= 299;

/** What an operation promises, and how its reply is read. */
export interface Promised {
  operation: string;
  /** The name in the WSDL. */
  element: string | null | undefined;
  settings: SoapSettings;
  errorWhen: Mapping | undefined;
  /** What the service repeats of them is hidden. */
  secrets: RequestSecrets;
  /** For a reply by MTOM. */
  include?: Include | undefined;
}

/**
 * The children of a successful reply by name. Throws HttpError for everything else: an HTML page, a fault under any
 * status, an error inside a 200.
 */
export async function judgeReply(http: BoardHttp, reply: BoardReply, promised: Promised): Promise<XmlNode> {
  const { element, errorWhen } = promised;
  // Any 2xx without an envelope means that the request was accepted (WS-I Basic Profile 1.1, R2714).
  const isTaken = element === null && isGood(reply) && reply.text.trim() === '';
  const content = isTaken ? {} : readReply(http, reply, promised);
  const told = toToldError(await errorWhen?.evaluate(content));
  if (told) throw http.refuse(reply, told.kind, told.words);
  return content;
}

/** A reply is a success only with a 2xx status and the element that the operation promises. */
function readReply(
  http: BoardHttp,
  reply: BoardReply,
  { operation, element, settings, include, secrets }: Promised,
): XmlNode {
  const { bytes, contentType } = reply;
  const { text } = decode(bytes, { contentType, configured: settings.charset });
  const ok = isGood(reply);
  let envelope: ReturnType<typeof parseEnvelope>;
  try {
    envelope = parseEnvelope(ok ? secrets.cover(text) : secrets.hide(text), settings.lists, include);
  } catch (error) {
    const detail = ok && !/html/i.test(contentType) ? reasonOf(error) : undefined;
    throw http.refuse(reply, ok ? 'malformed' : undefined, detail);
  }
  const { fault, name, content } = envelope;
  if (fault) throw http.refuse(reply, kindOfFault(fault, settings), said(`${fault.code}: ${fault.reason}`));
  if (!ok) throw http.refuse(reply);
  if (name !== undefined && name !== element && !name.startsWith(operation)) {
    throw http.refuse(reply, 'malformed', toReason('soap_other_element', { element: name, operation }));
  }
  return content;
}

const kinds: Record<'retry' | 'refused' | 'unknown', CallErrorKind> = {
  retry: 'busy',
  refused: 'refused',
  unknown: 'failed',
};

/** The codes with which a service refuses access (WS-Security 1.1, chapter 12). */
const accessCodes = new Set([
  'FailedAuthentication',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'SecurityTokenUnavailable',
  'UnsupportedSecurityToken',
  'MessageExpired',
  'FailedCheck',
]);

/**
 * The codes with which a service says that it understands nothing of the envelope (SOAP 1.1, 4.4.1; SOAP 1.2, part 1,
 * 5.4.6; WS-Addressing SOAP Binding, chapter 6). It has done nothing, and the same call again would end the same way.
 */
const envelopeCodes = new Set([
  'Client',
  'Sender',
  'VersionMismatch',
  'MustUnderstand',
  'DataEncodingUnknown',
  'ActionNotSupported',
  'InvalidAddressingHeader',
  'MessageAddressingHeaderRequired',
]);

/** `Server.Internal` is a subcode of `Server` (SOAP 1.1, 4.4.1). */
function kindOfFault({ code, parentCode }: Fault, { faultsMean = {} }: SoapSettings): CallErrorKind {
  const names = [code, code.split('.')[0] ?? '', parentCode ?? ''];
  const configured = names.find((name) => Object.hasOwn(faultsMean, name));
  const meaning = configured === undefined ? undefined : faultsMean[configured];
  if (meaning) return kinds[meaning];
  if (accessCodes.has(code)) return 'unauthorised';
  return names.some((name) => envelopeCodes.has(name)) ? 'refused' : 'failed';
}
