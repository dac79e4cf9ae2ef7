import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  type InnerList,
  type Item,
  ParseError,
  parseDictionary,
  serializeInnerList,
} from 'structured-headers';

/** The parts of a request that are signed. `target`: path and query as sent. */
export interface SignedRequest {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
}

/** The bytes that make a signed request unique, and until when it would be believed. */
export interface Signature {
  bytes: Uint8Array;
  until: Date;
}

export type Verified =
  | ({ ok: true; keyId: string; hasNonce: boolean } & Signature)
  /** `base`: what the hub would have signed. Absent: the check ended before. */
  | { ok: false; reason: string; base?: string };

/** Seconds by which clocks may differ, and for which a signature is valid. */
export const signatureTolerance = 300;

/** The secret that signs a key's requests. It is derived from the hub's own secret, so it is not stored. */
export function toSigningSecret(hubSecret: string, keyId: string): string {
  const mac = createHmac('sha256', hubSecret).update(`minwon-hub request signing ${keyId}`);
  return `mws_${mac.digest('base64url')}`;
}

/**
 * Verifies an HTTP Message Signature (RFC 9421, hmac-sha256). It has to cover the method and the target
 * (`@request-target`, or `@path` and `@query`). With a body it has to cover its Content-Digest (RFC 9530), which is
 * compared where the body is read. `created` and `keyid` are required, and `expires` is obeyed. A signature is valid
 * once; the caller of this function must see to that. `nonce` (section 2.3) makes two equal requests of one second
 * differ.
 */
export function verifySignature(
  request: SignedRequest,
  secretOf: (keyId: string) => string,
  now: number,
): Verified {
  try {
    const { covered, params, signature } = readSignature(request.headers);
    const keyId = params.get('keyid');
    if (typeof keyId !== 'string') return no('Signature-Input has no keyid: send the id of the API key');
    const missing = findMissing(request, covered);
    if (missing) return no(`the signature does not cover ${missing}`);
    const created = params.get('created');
    if (typeof created !== 'number') return no('Signature-Input has no created (seconds since 1970 UTC)');
    const wrong = findSkew(created, now) ?? findExpiry(params.get('expires'), now);
    if (wrong) return no(wrong);
    const base = toSignatureBase(request, covered, params);
    const expected = createHmac('sha256', secretOf(keyId)).update(base).digest();
    const isSame = signature.length === expected.length && timingSafeEqual(signature, expected);
    // It is remembered for longer than it is valid, because the clocks of the hub's own machines may differ too.
    const until = new Date((created + 2 * signatureTolerance) * 1000);
    return isSame
      ? { ok: true, keyId, hasNonce: params.has('nonce'), bytes: signature, until }
      : { ...no('the signature is another one than that of this base'), base };
  } catch (error) {
    if (error instanceof ParseError || error instanceof SignatureError) return no(error.message);
    throw error;
  }
}

class SignatureError extends Error {}
const no = (reason: string) => ({ ok: false, reason }) as const;

function readSignature(headers: IncomingHttpHeaders) {
  const inputs = parseDictionary(one(headers, 'signature-input'));
  const signatures = parseDictionary(one(headers, 'signature'));
  const [label, input] = [...inputs][0] ?? [];
  if (!label || !Array.isArray(input?.[0]))
    throw new SignatureError('Signature-Input is not label=("…" "…");created=…;keyid="…"');
  const [bytes] = signatures.get(label) ?? [];
  if (!(bytes instanceof ArrayBuffer) && !ArrayBuffer.isView(bytes))
    throw new SignatureError(`Signature has no ${label}=:…base64…:`);
  const [covered, params] = input as InnerList;
  const alg = params.get('alg');
  if (alg !== undefined && alg !== 'hmac-sha256') throw new SignatureError('alg must be hmac-sha256');
  const signature =
    bytes instanceof ArrayBuffer
      ? Buffer.from(bytes)
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { covered, params, signature };
}

function one(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string') throw new SignatureError(`there is no header ${name}`);
  return value;
}

function findMissing({ headers }: SignedRequest, covered: Item[]): string | undefined {
  const names = new Set(covered.map(([name]) => name));
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!names.has('@method')) return '"@method"';
  if (!names.has('@request-target') && !(names.has('@path') && names.has('@query')))
    return '"@request-target" (or "@path" and "@query")';
  return hasBody && !names.has('content-digest') ? '"content-digest", and there is a body' : undefined;
}

function findSkew(created: number, now: number): string | undefined {
  const off = Math.round(created - now / 1000);
  return Math.abs(off) > signatureTolerance
    ? `it was created ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} the hub's clock; ${signatureTolerance} s are allowed`
    : undefined;
}

/** RFC 9421, section 2.3: the signer may end it earlier than the hub would. */
function findExpiry(expires: unknown, now: number): string | undefined {
  if (expires === undefined) return undefined;
  if (typeof expires !== 'number') return 'expires must be seconds since 1970 UTC';
  const over = Math.floor(now / 1000 - expires);
  return over >= 0 ? `it expired ${over} s ago by the hub's clock` : undefined;
}

/** The signature base of RFC 9421, section 2.5. */
function toSignatureBase(request: SignedRequest, covered: Item[], params: InnerList[1]): string {
  const lines = covered.map(([name, parameters]) => {
    if (typeof name !== 'string' || parameters.size > 0)
      throw new SignatureError('components must be plain names, without parameters');
    return `"${name}": ${toComponent(request, name)}`;
  });
  return [...lines, `"@signature-params": ${serializeInnerList([covered, params])}`].join('\n');
}

function toComponent({ method, target, headers }: SignedRequest, name: string): string {
  const [path = '', ...query] = target.split('?');
  switch (name) {
    case '@method':
      return method;
    case '@request-target':
      return target;
    case '@path':
      return path;
    case '@query':
      return `?${query.join('?')}`;
    case '@authority':
      return (headers.host ?? '').toLowerCase();
    default:
      if (name.startsWith('@')) throw new SignatureError(`the component ${name} is not known here`);
      return one(headers, name).trim();
  }
}
