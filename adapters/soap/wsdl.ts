/** Writes the envelope that the service expects, from a WSDL and a plain object. It never sends. */
import { readFile } from 'node:fs/promises';
import type { IHttpClient, ISecurity, WSDL } from 'soap';
import { ReasonError, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { mustBeAllowedPath } from '../kit/http/allowed-path.ts';
import { decode } from '../kit/text/charset.ts';
import { refuseDtd } from '../kit/text/soap-xml.ts';
import { orderBaseFirst } from './child-order.ts';
import type { SoapSettings } from './config.ts';

export interface PreparedCall {
  /** The address from the WSDL, or the configured one. */
  url: string;
  headers: Record<string, string>;
  xml: string;
}

/** The input and output of an operation, as nested objects with the names of types. */
export interface OperationShape {
  input?: unknown;
  output?: unknown;
}

export interface Service {
  /** Names of the operations in the WSDL. */
  operations: string[];
  /** The input and output of each operation. */
  described: Map<string, OperationShape>;
  /** The element of an operation's reply, if the WSDL names it. null: the operation has no reply. */
  replies: Map<string, string | null | undefined>;
  /**
   * Writes the envelope for one call, without I/O. `password`: for a UsernameToken. Throws if the WSDL has no such
   * operation.
   */
  prepare(operation: string, request: unknown, password: string | undefined): PreparedCall;
}

type FetchDocument = (url: string) => Promise<string>;
type SoapLibrary = typeof import('soap');
type Capture = (call: PreparedCall) => void;

/** The library passes its finished request to this "client", which stores it instead of sending it. */
const captureOnly = {
  request(url: string, xml: string, _done: unknown, headers: Record<string, string>, options: object) {
    (options as { capture: Capture }).capture({ url, headers, xml });
  },
} as unknown as IHttpClient;

/** Reads the WSDL and its imports, from a URL, a file or the setting itself. */
export async function loadService(
  settings: SoapSettings,
  context: Pick<AdapterContext, 'reach'>,
  fetchDocument: FetchDocument,
): Promise<Service> {
  // Loaded only when a board needs it. It would take a tenth of the hub's memory.
  const soap = await import('soap');
  const openable = (place: string) => (isUrl(place) ? place : mustBeAllowedPath(context, place));
  const text = await readWsdl(settings.wsdl, openable, fetchDocument);
  const wsdl = await parseWsdl(soap, { text, settings, openable }, fetchDocument);
  orderBaseFirst(wsdl);
  const client = new soap.Client(wsdl, settings.endpoint, {
    httpClient: captureOnly,
    forceSoap12Headers: settings.soapVersion === '1.2',
    ...requestStyle(settings),
  });
  const described = operationsOf(wsdl);
  const operations = [...described.keys()];
  return {
    operations,
    described,
    replies: repliesOf(wsdl),
    prepare(operation, request, password) {
      const method: unknown = operations.includes(operation) ? client[operation] : undefined;
      if (typeof method !== 'function') {
        throw new ReasonError(toReason('soap_no_operation', { operation, known: operations.join(', ') }));
      }
      client.setSecurity(toSecurity(soap, settings, password) ?? {});
      let prepared: PreparedCall | undefined;
      const capture: Capture = (call) => {
        prepared = call;
      };
      method(request, () => undefined, { capture });
      if (!prepared) throw new ReasonError(toReason('soap_not_writable', { operation }));
      return withAction(prepared, settings.soapActions?.[operation]);
    },
  };
}

async function readWsdl(
  source: string,
  openable: (place: string) => string,
  fetchDocument: FetchDocument,
): Promise<string> {
  if (isWritten(source)) return source;
  return isUrl(source) ? fetchDocument(source) : decode(await readFile(openable(source))).text;
}

/** True if the setting contains the WSDL itself and not its place. */
export const isWritten = (source: string) => source.trimStart().startsWith('<');

export const isUrl = (source: string) => /^https?:/i.test(source);

function parseWsdl(
  soap: SoapLibrary,
  { text, settings, openable }: { text: string; settings: SoapSettings; openable(place: string): string },
  fetchDocument: FetchDocument,
): Promise<WSDL> {
  const xml = text.replace(/^[\s\uFEFF]+/, '');
  refuseDtd(xml);
  const httpClient = {
    request(url: string, _data: unknown, done: (error: unknown, reply?: object, body?: string) => void) {
      fetchDocument(url).then((body) => done(null, { status: 200 }, body), done);
    },
  } as unknown as IHttpClient;
  const uri = xml === settings.wsdl.trim() ? '' : settings.wsdl;
  return new Promise((resolve, reject) => {
    // The imports of a local WSDL are read locally too.
    const imports = { wsdl_options: { overrideImportLocation: openable } };
    const wsdl = new soap.WSDL(xml, uri, { httpClient, ...imports, ...requestStyle(settings) });
    wsdl.onReady((error) => (error ? reject(error) : resolve(wsdl)));
  });
}

function toSecurity(soap: SoapLibrary, { auth }: SoapSettings, password = ''): ISecurity | undefined {
  if (auth.kind !== 'wsSecurity') return undefined;
  return new soap.WSSecurity(auth.user, password, {
    passwordType: auth.passwordType === 'digest' ? 'PasswordDigest' : 'PasswordText',
    hasTimeStamp: auth.timestamp ?? false,
    hasNonce: true,
  });
}

/** The library's names for the quirks in the configuration. */
function requestStyle({ namespaces }: SoapSettings) {
  return {
    ...(namespaces?.ignored && { ignoredNamespaces: { namespaces: namespaces.ignored } }),
    ...(namespaces?.root && { overrideRootElement: { namespace: namespaces.root } }),
    ...(namespaces?.envelopePrefix && { envelopeKey: namespaces.envelopePrefix }),
  };
}

function operationsOf(wsdl: WSDL): Map<string, OperationShape> {
  const services: Record<string, Record<string, object>> = wsdl.describeServices();
  const ports = Object.values(services).flatMap((service) => Object.values(service));
  return new Map(ports.flatMap((port) => Object.entries(port)));
}

function repliesOf(wsdl: WSDL): Service['replies'] {
  const bindings = Object.values(wsdl.definitions.bindings ?? {});
  const methods = bindings.flatMap(({ methods }) => Object.entries(methods ?? {}));
  return new Map(methods.map(([name, { output }]) => [name, output ? output.$name : null]));
}

/** Published WSDLs often name an action that the service no longer accepts. */
function withAction(call: PreparedCall, action: string | undefined): PreparedCall {
  if (action === undefined) return call;
  const { headers } = call;
  if ('SOAPAction' in headers) return { ...call, headers: { ...headers, SOAPAction: `"${action}"` } };
  const type = (headers['Content-Type'] ?? '').replace(/action="[^"]*"/, `action="${action}"`);
  return { ...call, headers: { ...headers, 'Content-Type': type } };
}
