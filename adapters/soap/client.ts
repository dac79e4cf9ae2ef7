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
import { decode, wireName } from '../kit/text/charset.ts';
import { type Fault, parseEnvelope, type XmlNode } from '../kit/text/soap-xml.ts';
import { type EnvelopeContent, toBase64Body } from './base64-body.ts';
import type { SoapSettings } from './config.ts';
import { encodeXml } from './encode-xml.ts';
import { loadService, type OperationShape, type PreparedCall, type Service } from './wsdl.ts';

export interface SoapClient {
  /**
   * Returns the children of a successful reply by name. Everything else throws HttpError: an HTML page, a fault under
   * any status, an error inside a 200. So an odd reply never counts as success.
   */
  call(operation: string, request: unknown, signal: AbortSignal, content?: EnvelopeContent): Promise<XmlNode>;
  /** Streams the content of an address on the service's own host. */
  stream(url: string, signal: AbortSignal): Promise<BoardStream>;
  /** Lists the operations of the WSDL. Throws HttpError if the WSDL cannot be read. */
  operations(signal: AbortSignal): Promise<string[]>;
  /** Reads the WSDL again and describes it. Throws HttpError if it cannot be read. */
  describe(signal: AbortSignal): Promise<Map<string, OperationShape>>;
  close(): Promise<void>;
}

/** The transport: SOAP over HTTP. It knows nothing of the meaning of fields. */
export function createSoapClient(
  settings: SoapSettings,
  context: AdapterContext,
  errorWhen: Mapping | undefined,
): SoapClient {
  const httpFor = createHttpPool(settings, context);
  let service: Service | undefined;

  async function readService(signal: AbortSignal): Promise<Service> {
    const fetchDocument = async (url: string) => {
      // A WSDL may import from a foreign host. That host gets no credentials.
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

  /** If the WSDL cannot be read, the next call tries again. Nothing of the current call has been sent yet. */
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
      // Any 2xx without an envelope means that the request was accepted (WS-I Basic Profile 1.1, R2714).
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

/** The WSDL and the service may be on different hosts. Each host has its own kept-alive connections. */
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
 * The password is resolved at each call, so that it can rotate. The library adds a fresh nonce and time when it writes
 * the header. Throws HttpError `unauthorised`.
 */
function passwordOf({ auth }: SoapSettings, context: AdapterContext): string | undefined {
  return auth.kind === 'wsSecurity' ? resolveSecret(auth.password, context) : undefined;
}

/** Turns an error while writing the request into a refusal: nothing has been sent. */
function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new HttpError('refused', reasonOf(cause), { cause });
  }
}

/** The library writes only UTF-8. This converts its envelope, and the declared charset, to the board's charset. */
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
  const envelope = asRefusal(() => encodeXml(declared, charset));
  if (!file) return { headers: { ...headers, 'Content-Type': type }, body: envelope };
  const { length, body } = asRefusal(() => toBase64Body(envelope, file));
  return { headers: { ...headers, 'Content-Type': type, 'Content-Length': String(length) }, body };
}

const isGood = ({ status }: BoardReply) => status >= 200 && status <= 299;

interface Promised {
  operation: string;
  /** The name in the WSDL. */
  element: string | null | undefined;
}

/** A reply is a success only with a 2xx status and the element that the operation promises. */
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

/** `Server.Internal` is a subcode of `Server` (SOAP 1.1, 4.4.1). */
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
