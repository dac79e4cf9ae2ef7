import type { Entry, Gate, Knock } from '../gate.ts';
import { Refusal } from '../problem.ts';
import { securityNamespace } from './envelope.ts';
import type { XmlElement } from './read-xml.ts';

interface Credentials {
  /** The agency's code; absent where only the key was sent. */
  user?: string;
  key: string;
}

/**
 * Which agency calls: by WS-Security UsernameToken (agency's code, API key as PasswordText), or by HTTP
 * Authorization, Bearer with the key or Basic with both. Errors: Refusal `unauthenticated`.
 */
export async function authenticate(
  gate: Gate,
  headers: XmlElement[],
  knock: Omit<Knock, 'key'>,
): Promise<Entry> {
  const given = readToken(headers) ?? readAuthorization(knock.headers.authorization);
  const entry = given && (await gate.enter({ ...knock, key: given.key }));
  if (!entry || (given.user !== undefined && given.user !== entry.caller.agency)) {
    entry?.leave();
    throw new Refusal(
      'unauthenticated',
      "send the agency's code and a valid API key: as WS-Security UsernameToken with PasswordText or as HTTP Basic, or the key as HTTP Bearer",
    );
  }
  return entry;
}

function readToken(headers: XmlElement[]): Credentials | undefined {
  const child = (elements: XmlElement[], name: string) =>
    elements.find((one) => one.name === name && one.namespace === securityNamespace);
  const token = child(child(headers, 'Security')?.elements ?? [], 'UsernameToken');
  if (!token) return undefined;
  const password = child(token.elements, 'Password');
  const type = password?.attributes.get('Type') ?? '';
  if (type && !type.endsWith('#PasswordText'))
    throw new Refusal(
      'unauthenticated',
      'only PasswordText is taken: the hub keeps a hash of each API key, with which no PasswordDigest can be checked',
    );
  const user = child(token.elements, 'Username')?.text.trim() ?? '';
  return { user, key: password?.text.trim() ?? '' };
}

function readAuthorization(header: string | undefined): Credentials | undefined {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(header ?? '') ?? [];
  if (!scheme) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { key: value };
  const [user = '', ...key] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { user, key: key.join(':') };
}
