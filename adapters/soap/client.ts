import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { type BoardHttp, type BoardRequest, type BoardStream, createBoardHttp } from '../kit/http/http.ts';
import { resolveSecret } from '../kit/http/http-auth.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { isRelated } from '../kit/http/multipart-related.ts';
import { createRequestSecrets, type RequestSecrets } from '../kit/http/request-secrets.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { wireName } from '../kit/text/charset.ts';
import type { XmlNode } from '../kit/text/soap-xml.ts';
import type { SoapSettings } from './config.ts';
import { encodeXml } from './encode-xml.ts';
import { type EnvelopeContent, toFileBody } from './file-body.ts';
import { endingWith, markInclude, openMessage, readWholeMessage } from './message.ts';
import { judgeReply } from './read-reply.ts';
import { loadService, type OperationShape, type PreparedCall, type Service } from './wsdl.ts';

export interface SoapClient {
  /**
   * Returns the children of a successful reply by name. Everything else throws HttpError: an HTML page, a fault under
   * any status, an error inside a 200. So an odd reply never counts as success.
   */
  call(operation: string, request: unknown, signal: AbortSignal, content?: EnvelopeContent): Promise<XmlNode>;
  /**
   * Streams a file that an operation gives out, in base64 or beside its reply. `toContent` reads the reply. Errors as
   * `call`.
   */
  fetch(operation: string, request: unknown, toContent: Mapping, signal: AbortSignal): Promise<BoardStream>;
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
  const secrets = createRequestSecrets(settings.secrets, context);
  const httpFor = createHttpPool(settings, context, secrets);
  const services = createServices(settings, context, httpFor);

  async function prepareCall(
    operation: string,
    request: unknown,
    signal: AbortSignal,
    file?: EnvelopeContent,
  ) {
    const { prepare, replies } = await services.get(signal);
    const password = passwordOf(settings, context);
    if (password !== undefined) secrets.know([password]);
    const filled = secrets.fill(request);
    const prepared = asRefusal(() => prepare(operation, filled, password));
    return {
      http: httpFor.get(prepared.url, true),
      post: { method: 'POST', path: '', ...toWire(prepared, settings, file) },
      promised: { operation, element: replies.get(operation), settings, errorWhen, secrets },
    };
  }

  async function call(
    operation: string,
    request: unknown,
    signal: AbortSignal,
    file?: EnvelopeContent,
  ): Promise<XmlNode> {
    const { http, post, promised } = await prepareCall(operation, request, signal, file);
    const reply = await http.send(post, signal);
    if (!isRelated(reply.contentType)) return judgeReply(http, reply, promised);
    const { root, include } = await readWholeMessage(reply);
    return judgeReply(http, root, { ...promised, include });
  }

  async function fetchFile(
    operation: string,
    request: unknown,
    toContent: Mapping,
    given: AbortSignal,
  ): Promise<BoardStream> {
    const stop = new AbortController();
    const signal = AbortSignal.any([given, stop.signal]);
    const { http, post, promised } = await prepareCall(operation, request, given);
    try {
      const reply = await http.open(post, signal);
      const message = await openMessage(reply, settings.maxReplyBytes);
      const content = await judgeReply(http, message.root, { ...promised, include: markInclude });
      const text = await toContent.evaluate(content);
      const file = message.toFile(typeof text === 'string' ? text : '');
      return { ...reply, content: endingWith(file, () => stop.abort()) };
    } catch (error) {
      stop.abort();
      throw error;
    }
  }

  return {
    call,
    fetch: fetchFile,
    async stream(url, signal) {
      const service = settings.endpoint ?? settings.wsdl;
      if (!originOf(service)) throw new HttpError('refused', toReason('soap_endpoint_for_files'));
      return httpFor.get(service, true).stream({ method: 'GET', path: '', url }, signal);
    },
    operations: async (signal) => (await services.get(signal)).operations,
    describe: async (signal) => (await services.read(signal)).described,
    close: httpFor.close,
  };
}

type HttpPool = ReturnType<typeof createHttpPool>;

/** What the WSDL says. It is read at the first call, and kept. */
function createServices(settings: SoapSettings, context: AdapterContext, httpFor: HttpPool) {
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

  return { read: readService, get: getService };
}

/** The WSDL and the service may be on different hosts. Each host has its own kept-alive connections. */
function createHttpPool(settings: SoapSettings, context: AdapterContext, secrets: RequestSecrets) {
  const { auth, headers, maxReplyBytes, ca } = settings;
  const pool = new Map<string, BoardHttp>();
  return {
    get(endpoint: string, trusted: boolean): BoardHttp {
      const key = `${endpoint} ${trusted}`;
      const http =
        pool.get(key) ??
        createBoardHttp(
          {
            endpoint,
            secrets,
            auth: !trusted || auth.kind === 'wsSecurity' ? { kind: 'none' } : auth,
            ...(trusted && headers && { headers }),
            ...(maxReplyBytes && { maxReplyBytes }),
            ...(ca && { ca }),
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
  const { contentType, length, body } = asRefusal(() => toFileBody(envelope, type, file));
  return { headers: { ...headers, 'Content-Type': contentType, 'Content-Length': String(length) }, body };
}
