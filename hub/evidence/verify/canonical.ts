import serialize from 'canonicalize';

/** The one way in which JSON writes a value (RFC 8785). Throws for what JSON has no value for. */
export function toCanonical(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError('JSON has no value for it');
  return text;
}

/** The value of a text in canonical JSON. Undefined: it is none, or written in another way. */
export function fromCanonical(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return toCanonical(value) === text ? value : undefined;
  } catch {
    // No UTF-8 or no JSON: the caller names the file.
    return undefined;
  }
}

export const toBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** SHA-256 in hexadecimal, by WebCrypto, which Node and browsers have. */
export async function sha256(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? toBytes(content) : new Uint8Array(content);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

export const digestOf = (value: unknown): Promise<string> => sha256(toCanonical(value));

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of a text in base64. Undefined: it is none, or one that could be written otherwise. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    // No base64: the caller names what it was to be.
    return undefined;
  }
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
