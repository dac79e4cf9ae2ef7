import { reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import {
  type BoardHttp,
  type BoardReply,
  type BoardRequest,
  type BoardStream,
  createBoardHttp,
} from '../kit/http/http.ts';
import { resolveSecret, withoutSecret } from '../kit/http/http-auth.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import type { CallErrorKind } from '../kit/outcome/call-error.ts';
import { decode, encode, wireName } from '../kit/text/charset.ts';
import { type Fault, parseEnvelope, type XmlNode } from '../kit/text/soap-xml.ts';
import { type EnvelopeContent, toBase64Body } from './base64-body.ts';
import type { SoapSettings } from './config.ts';
import { loadService, type OperationShape, type PreparedCall, type Service } from './wsdl.ts';

export interface SoapClient {
  /**
   * The children of a successful reply, by name. Everything else, also an HTML page, a fault under any
   * status or an error inside a 200, throws HttpError: an odd reply never counts as success.
   */
  call(operation: string, request: unknown, signal: AbortSignal, content?: EnvelopeContent): Promise<XmlNode>;
  /** What lies at an address on the service's own host, as it comes. */
  stream(url: string, signal: AbortSignal): Promise<BoardStream>;
  /** The operations of the WSDL; throws HttpError when it cannot be read. */
  operations(signal: AbortSignal): Promise<string[]>;
  /** What the WSDL says now, read anew; throws HttpError when it cannot be read. */
  describe(signal: AbortSignal): Promise<Map<string, OperationShape>>;
  close(): Promise<void>;
}

/** Transport only: SOAP over HTTP, nothing of what the fields mean. */
export function createSoapClient(
  settings: SoapSettings,
  context: AdapterContext,
  errorWhen: Mapping | undefined,
): SoapClient {
  const httpFor = createHttpPool(settings, context);
  let service: Service | undefined;

  async function readService(signal: AbortSignal): Promise<Service> {
    const fetchDocument = async (url: string) => {
      // What a WSDL imports may live with a stranger, who gets no credentials.
      const http = httpFor.get(url, new URL(url).origin === originOf(settings.wsdl));
      const reply = await http.send({ method: 'GET', path: '' }, signal);
      if (reply.status !== 200) throw http.refuse(reply);
      return reply.text;
    };
    try {
      return await loadService(settings, context, fetchDocument);
    } catch (cause) {
      throw new HttpError('not_sent', toReason('wsdl_unreadable', { detail: reasonOf(cause) }), { cause });
    }
  }

  /** A WSDL that could not be read is tried again by the next call: nothing of the call has been sent yet. */
  async function getService(signal: AbortSignal): Promise<Service> {
    service ??= await readService(signal);
    return service;
  }

  async function call(
    operation: string,
    request: unknown,
    signal: AbortSignal,
    file?: EnvelopeContent,
  ): Promise<XmlNode> {
    const { prepare, replies } = await getService(signal);
    const password = passwordOf(settings, context);
    const prepared = asRefusal(() => prepare(operation, request, password));
    const http = httpFor.get(prepared.url, true);
    try {
      const reply = await http.send(
        { method: 'POST', path: '', ...toWire(prepared, settings, file) },
        signal,
      );
      // Any 2xx without an envelope says that it was taken (WS-I Basic Profile 1.1, R2714).
      const element = replies.get(operation);
      const isTaken = element === null && isGood(reply) && reply.text.trim() === '';
      const content = isTaken ? {} : readReply(http, reply, { operation, element }, settings);
      const error = await errorWhen?.evaluate(content);
      if (isRetry(error)) throw http.refuse(reply, 'busy', said(error.retry));
      if (error) throw http.refuse(reply, 'refused', typeof error === 'string' ? said(error) : undefined);
      return content;
    } catch (error) {
      throw withoutSecret(error, password);
    }
  }

  return {
    call,
    async stream(url, signal) {
      const service = settings.endpoint ?? settings.wsdl;
      if (!originOf(service)) throw new HttpError('refused', toReason('soap_endpoint_for_files'));
      return httpFor.get(service, true).stream({ method: 'GET', path: '', url }, signal);
    },
    operations: async (signal) => (await getService(signal)).operations,
    describe: async (signal) => (await readService(signal)).described,
    close: httpFor.close,
  };
}

/** The WSDL and the service may live on different hosts; each has its own kept-alive connections. */
function createHttpPool(settings: SoapSettings, context: AdapterContext) {
  const { auth, headers, maxReplyBytes } = settings;
  const pool = new Map<string, BoardHttp>();
  return {
    get(endpoint: string, trusted: boolean): BoardHttp {
      const key = `${endpoint} ${trusted}`;
      const http =
        pool.get(key) ??
        createBoardHttp(
          {
            endpoint,
            auth: !trusted || auth.kind === 'wsSecurity' ? { kind: 'none' } : auth,
            ...(trusted && headers && { headers }),
            ...(maxReplyBytes && { maxReplyBytes }),
          },
          context,
        );
      pool.set(key, http);
      return http;
    },
    close: async () => void (await Promise.all([...pool.values()].map((http) => http.close()))),
  };
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/**
 * Resolved at each call, so that it can rotate; a fresh nonce and time come from the library when it writes the header.
 * Throws HttpError `unauthorised`.
 */
function passwordOf({ auth }: SoapSettings, context: AdapterContext): string | undefined {
  return auth.kind === 'wsSecurity' ? resolveSecret(auth.password, context) : undefined;
}

/** What cannot be written is refused before anything is sent. */
function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new HttpError('refused', reasonOf(cause), { cause });
  }
}

/** The library writes UTF-8 only: its envelope goes out in the board's charset, and says so. */
function toWire(
  { xml, headers }: PreparedCall,
  { charset = 'utf-8' }: SoapSettings,
  file?: EnvelopeContent,
): Pick<BoardRequest, 'headers' | 'body'> {
  const name = wireName(charset).toLowerCase();
  const declared = xml.replace(/^(<\?xml [^>]*encoding=")[^"]*/, `$1${wireName(charset)}`);
  const type = (headers['Content-Type'] ?? 'text/xml; charset=utf-8').replace(
    'charset=utf-8',
    `charset=${name}`,
  );
  const envelope = asRefusal(() => encode(declared, charset));
  if (!file) return { headers: { ...headers, 'Content-Type': type }, body: envelope };
  const { length, body } = asRefusal(() => toBase64Body(envelope, file));
  return { headers: { ...headers, 'Content-Type': type, 'Content-Length': String(length) }, body };
}

const isGood = ({ status }: BoardReply) => status >= 200 && status <= 299;

interface Promised {
  operation: string;
  /** As the WSDL names it. */
  element: string | null | undefined;
}

/** A reply counts as success only with a 2xx status and the element that the operation promises. */
function readReply(
  http: BoardHttp,
  reply: BoardReply,
  { operation, element }: Promised,
  settings: SoapSettings,
): XmlNode {
  const { bytes, contentType } = reply;
  const { text } = decode(bytes, { contentType, configured: settings.charset });
  const ok = isGood(reply);
  let envelope: ReturnType<typeof parseEnvelope>;
  try {
    envelope = parseEnvelope(text, settings.lists);
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

/** WS-Security 1.1, chapter 12: the codes with which a service turns a caller away. */
const accessCodes = new Set([
  'FailedAuthentication',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'SecurityTokenUnavailable',
  'UnsupportedSecurityToken',
  'MessageExpired',
  'FailedCheck',
]);

/** `Server.Internal` is a kind of `Server` (SOAP 1.1, 4.4.1). */
function kindOfFault({ code, parentCode }: Fault, { faultsMean = {} }: SoapSettings): CallErrorKind {
  const names = [code, code.split('.')[0] ?? '', parentCode ?? ''];
  const configured = names.find((name) => Object.hasOwn(faultsMean, name));
  const meaning = configured === undefined ? undefined : faultsMean[configured];
  if (meaning) return kinds[meaning];
  if (accessCodes.has(code)) return 'unauthorised';
  const refused = names.some((name) => name === 'Client' || name === 'Sender');
  return refused ? 'refused' : 'failed';
}

function isRetry(error: unknown): error is { retry: string } {
  return typeof error === 'object' && error !== null && 'retry' in error && typeof error.retry === 'string';
}
