import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type InnerList, type Item, ParseError, parseDictionary } from 'structured-headers';
import { getHeader, SignatureError, type SignedRequest, toSignatureBase } from './signature-base.ts';

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

/** More signatures of one request are not looked at: each costs a computation before anybody is known. */
const mostSignatures = 4;

/**
 * Verifies an HTTP Message Signature (RFC 9421, hmac-sha256). It has to cover the method and the target
 * (`@request-target`, `@target-uri`, or `@path` with `@query` if there is one). With a body it has to cover its
 * Content-Digest (RFC 9530), which is compared where the body is read. `created` and `keyid` are required, and `expires` is
 * obeyed. A signature is valid once; the caller of this function must see to that. `nonce` (section 2.3) makes two equal
 * requests of one second differ. A proxy may have signed the request too (sections 3.2 and 4.3): one good signature is
 * enough.
 */
export function verifySignature(
  request: SignedRequest,
  secretOf: (keyId: string) => string,
  now: number,
): Verified {
  try {
    let wrong: Verified | undefined;
    for (const given of readSignatures(request.headers)) {
      const verified = verifyOne(request, given, secretOf, now);
      if (verified.ok) return verified;
      // The one that came furthest is the one that the caller meant for us.
      if (!wrong || (!wrong.ok && wrong.base === undefined && verified.base !== undefined)) wrong = verified;
    }
    return wrong ?? no('alg must be hmac-sha256');
  } catch (error) {
    return toProblem(error);
  }
}

function verifyOne(
  request: SignedRequest,
  { covered, params, signature }: Given,
  secretOf: (keyId: string) => string,
  now: number,
): Verified {
  try {
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
    return toProblem(error);
  }
}

const no = (reason: string) => ({ ok: false, reason }) as const;

function toProblem(error: unknown): Verified {
  if (error instanceof ParseError || error instanceof SignatureError) return no(error.message);
  throw error;
}

interface Given {
  covered: Item[];
  params: InnerList[1];
  signature: Uint8Array;
}

/** Those that may be ours: a proxy signs with its own algorithm. */
function readSignatures(headers: IncomingHttpHeaders): Given[] {
  const inputs = [...parseDictionary(getHeader(headers, 'signature-input'))];
  const signatures = parseDictionary(getHeader(headers, 'signature'));
  if (inputs.length === 0) throw new SignatureError('Signature-Input is empty');
  const given = inputs.map(([label, input]) => {
    if (!Array.isArray(input[0]))
      throw new SignatureError('Signature-Input is not label=("…" "…");created=…;keyid="…"');
    const [covered, params] = input as InnerList;
    const [bytes] = signatures.get(label) ?? [];
    if (!(bytes instanceof ArrayBuffer) && !ArrayBuffer.isView(bytes))
      throw new SignatureError(`Signature has no ${label}=:…base64…:`);
    const signature = bytes instanceof ArrayBuffer ? Buffer.from(bytes) : toBuffer(bytes);
    return { covered, params, signature };
  });
  return given
    .filter(({ params }) => [undefined, 'hmac-sha256'].includes(params.get('alg') as string | undefined))
    .slice(0, mostSignatures);
}

const toBuffer = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

function findMissing({ headers, target }: SignedRequest, covered: Item[]): string | undefined {
  const names = new Set(covered.map(([name]) => name));
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!names.has('@method')) return '"@method"';
  const coversPath = names.has('@path') && (names.has('@query') || !target.includes('?'));
  if (!names.has('@request-target') && !names.has('@target-uri') && !coversPath)
    return '"@request-target" (or "@target-uri", or "@path" and "@query")';
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
