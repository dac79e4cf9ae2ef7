import type { IncomingHttpHeaders } from 'node:http';
import { type InnerList, type Item, serializeInnerList, serializeItem } from 'structured-headers';

/** The parts of a request that are signed. */
export interface SignedRequest {
  method: string;
  /** By which the caller came, as far as the hub or its proxy knows. */
  scheme: 'http' | 'https';
  /** Path and query as sent. */
  target: string;
  headers: IncomingHttpHeaders;
}

/** What is wrong with a signature, in words for the engineer who made it. */
export class SignatureError extends Error {}

/** The signature base of RFC 9421, section 2.5. Errors: SignatureError. */
export function toSignatureBase(request: SignedRequest, covered: Item[], params: InnerList[1]): string {
  const names = covered.map((item) => serializeItem(item));
  if (new Set(names).size < names.length) throw new SignatureError('a component is covered twice');
  const lines = covered.map((item, n) => `${names[n]}: ${toComponent(request, item)}`);
  return [...lines, `"@signature-params": ${serializeInnerList([covered, params])}`].join('\n');
}

function toComponent(request: SignedRequest, [name, parameters]: Item): string {
  if (typeof name !== 'string') throw new SignatureError('components must be texts');
  if (name === '@query-param')
    return toQueryParameter(request.target, parameters.get('name'), parameters.size);
  if (parameters.size > 0) throw new SignatureError(`${name} is known here without parameters alone`);
  return name.startsWith('@') ? toDerived(request, name) : getHeader(request.headers, name).trim();
}

/** Derived components: RFC 9421, section 2.2. */
function toDerived({ method, scheme, target, headers }: SignedRequest, name: string): string {
  const [path = '', ...query] = target.split('?');
  switch (name) {
    case '@method':
      return method;
    case '@request-target':
      return target;
    case '@target-uri':
      return `${scheme}://${toAuthority(scheme, headers)}${target}`;
    case '@scheme':
      return scheme;
    case '@path':
      return path;
    case '@query':
      return `?${query.join('?')}`;
    case '@authority':
      return toAuthority(scheme, headers);
    default:
      throw new SignatureError(`the component ${name} is not known here`);
  }
}

/** Section 2.2.3: in lower case, without the usual port of the scheme. */
const toAuthority = (scheme: SignedRequest['scheme'], { host = '' }: IncomingHttpHeaders) =>
  host.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '');

/** Section 2.2.8: read as a form and percent-encoded anew. */
function toQueryParameter(target: string, name: unknown, parameters: number): string {
  if (typeof name !== 'string' || parameters > 1)
    throw new SignatureError('@query-param is known here with the parameter name alone');
  const [, query = ''] = /\?(.*)$/s.exec(target) ?? [];
  const values = [...new URLSearchParams(query)]
    .filter(([key]) => toPercent(key) === name)
    .map(([, value]) => value);
  const [value] = values;
  if (value === undefined || values.length > 1)
    throw new SignatureError(
      `the query has ${name} ${values.length} times: it can be covered where it stands once`,
    );
  return toPercent(value);
}

const toPercent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Errors: SignatureError if it is not there. */
export function getHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string') throw new SignatureError(`there is no header ${name}`);
  return value;
}
