import type { AdapterContext } from '../../contract.ts';
import { mapJsonTexts, replaceSecretMarks } from '../text/secret-mark.ts';
import { hideSecrets, resolveSecret } from './http-auth.ts';

/** The secrets of one board: those that stand in what is sent, and all that must appear in nothing that is said. */
export interface RequestSecrets {
  /**
   * Replaces the marks in a request by the secrets of the moment, so that they can rotate. Throws HttpError
   * `unauthorised` when a secret cannot be resolved.
   */
  fill<T>(request: T): T;
  /** Replaces `{secret.NAME}` in a path or a header. `convert` escapes a secret for its place. */
  fillPattern(text: string, convert?: (secret: string) => string): string;
  /** Adds secrets to those that are hidden. */
  know(secrets: readonly string[]): void;
  /** Hides every known secret in a text that people read. */
  hide(text: string): string;
  /** Hides the known secrets in a reply that is worked with. A short one stays: it may be an ordinary word. */
  cover(text: string): string;
}

/** Characters. A shorter secret may occur by chance in what people wrote, and that must not be changed. */
const shortest = 8;

/** `references`: the board's secrets by name. They are resolved when they are needed. */
export function createRequestSecrets(
  references: Record<string, string> = {},
  context: Pick<AdapterContext, 'secret'>,
): RequestSecrets {
  const spellings = new Map<string, string[]>();
  const know = (secrets: readonly string[]) => {
    for (const secret of secrets)
      if (secret !== '' && !spellings.has(secret)) spellings.set(secret, listSpellings(secret));
  };
  const resolve = (name: string) => {
    const secret = resolveSecret(references[name] ?? name, context);
    know([secret]);
    return secret;
  };
  const long = () => [...spellings].filter(([secret]) => secret.length >= shortest);
  return {
    fill: (request) => mapJsonTexts(request, (text) => replaceSecretMarks(text, resolve)) as typeof request,
    fillPattern: (text, convert = (secret) => secret) =>
      text.replace(/\{secret\.(\w+)\}/g, (_all, name: string) => convert(resolve(name))),
    know,
    hide: (text) => hideSecrets(text, [...spellings.values()].flat()),
    cover: (text) =>
      hideSecrets(
        text,
        long().flatMap(([, known]) => known),
      ),
  };
}

/** The spellings in which a board may say a secret again: in an address, in JSON, in XML. */
function listSpellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const inAddress = [encodeURIComponent(secret), new URLSearchParams({ '': secret }).toString().slice(1)];
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const xml = secret.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
  return [
    ...new Set([
      secret,
      ...inAddress,
      ...inAddress.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
      json,
      // PHP's json_encode escapes slashes, and letters beyond ASCII.
      json.replaceAll('/', '\\/'),
      json.replaceAll('/', '\\/').replace(/[^\0-\x7f]/g, toUnicodeEscape),
      json.replace(/[^\0-\x7f]/g, toUnicodeEscape),
      xml,
      xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
      xml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
      xml.replaceAll('"', '&quot;').replaceAll("'", '&#039;'),
    ]),
  ];
}

const toUnicodeEscape = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
