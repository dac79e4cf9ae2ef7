import { getDomain } from 'tldts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { FieldReader } from './structured-field.ts';

/** One result of RFC 8601, 2.2: `dkim=pass header.d=sbiz.example`. */
interface Result {
  method: string;
  result: string;
  /** By `ptype.property`. */
  properties: Map<string, string>;
}

/**
 * Whether the mailbox's own server says that a mail comes from where it says: undefined, or why that is not known.
 * `fields` are the values of Authentication-Results, the newest first. Only the first under the server's own name is
 * believed. Every server writes its own above those that came with the mail (RFC 8601, 5). Those may be a sender's, any
 * number of them under any name (RFC 8601, 7.1).
 */
export function findForgery(fields: string[], authservId: string, from: string): Reason | undefined {
  const own = fields.map(readResults).find((read) => read.authservId === authservId.toLowerCase());
  if (own === undefined) return toReason('mail_sender_unreported', { server: authservId });
  if (own.results === undefined) return toReason('mail_results_unreadable', { server: authservId });
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  if (isProved(own.results, domain)) return undefined;
  const found = own.results
    .filter(({ method }) => ['dmarc', 'dkim', 'spf'].includes(method))
    .map(({ method, result, properties }) =>
      [`${method}=${result}`, properties.get(domainOf[method] ?? '')].filter(Boolean).join(' '),
    );
  const results = found.join(', ').slice(0, 300) || toReason('mail_no_result');
  return toReason('mail_sender_unproved', { results });
}

/** Where each method says whom it speaks of (RFC 8601, 2.7). */
const domainOf: Record<string, string> = {
  dmarc: 'header.from',
  dkim: 'header.d',
  spf: 'smtp.mailfrom',
};
/** DMARC has no opinion: its domain publishes none (RFC 8601, 2.7.1; `bestguesspass` is Exchange Online's). */
const isSilent: ReadonlySet<string> = new Set(['none', 'bestguesspass']);

function isProved(results: Result[], domain: string): boolean {
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  // A pass is one of the domain that it names (RFC 7489, 3.1), and two that do not agree prove nothing.
  if (dmarc.some(({ result }) => result === 'pass'))
    return dmarc.every(
      ({ result, properties }) => result === 'pass' && properties.get('header.from') === domain,
    );
  if (!dmarc.every(({ result }) => isSilent.has(result))) return false;
  return results.some(({ method, result, properties }) => {
    if (result !== 'pass' || (method !== 'dkim' && method !== 'spf')) return false;
    const given = properties.get(domainOf[method] ?? '') ?? properties.get('header.i') ?? '';
    return isAligned(given.slice(given.lastIndexOf('@') + 1), domain);
  });
}

/** The same organisation, as DMARC's relaxed alignment has it (RFC 7489, 3.1 and 3.2): by the Public Suffix List. */
function isAligned(given: string, domain: string): boolean {
  if (given === domain) return true;
  const [one, other] = [given, domain].map((name) => getDomain(name, { allowPrivateDomains: true }));
  return one !== null && one !== undefined && one === other;
}

const wordEnds = new Set([...' \t();"']);
const keyEnds = new Set([...' \t();"=']);

/**
 * A field of RFC 8601, 2.2; without `results`, one that breaks its grammar: then it is not known what it says. Written here:
 * of the maintained readers mailauth's keeps the last of two results of one method and tells nothing of what it cannot read.
 */
function readResults(field: string): { authservId: string; results?: Result[] } {
  const reader = new FieldReader(field);
  reader.skipBlank();
  const authservId = (reader.next === '"' ? reader.takeQuoted() : reader.takeUntil(wordEnds)).toLowerCase();
  reader.skipBlank();
  // The version of the format.
  if (!reader.isAtEnd && reader.next !== ';') {
    if (reader.takeUntil(wordEnds) !== '1') reader.isBroken = true;
    reader.skipBlank();
  }
  const results: Result[] = [];
  while (!reader.isAtEnd) {
    if (reader.take() !== ';') return { authservId };
    const result = readResult(reader);
    if (result) results.push(result);
  }
  return reader.isBroken ? { authservId } : { authservId, results };
}

/** Up to the next semicolon; nothing for `none`. Words without a value belong to no result and prove nothing. */
function readResult(reader: FieldReader): Result | undefined {
  let result: Result | undefined;
  for (reader.skipBlank(); !reader.isAtEnd && reader.next !== ';'; reader.skipBlank()) {
    const key = reader.takeUntil(keyEnds).toLowerCase();
    reader.skipBlank();
    if (reader.next !== '=') {
      // Only `none` stands alone, and a key is never quoted.
      if (key !== 'none' || result) reader.isBroken = true;
      continue;
    }
    reader.take();
    const value = readValue(reader).toLowerCase();
    if (!result) result = { method: key.split('/')[0] ?? '', result: value, properties: new Map() };
    // Twice with two values: it is not known of whom the result speaks.
    else if ((result.properties.get(key) ?? value) !== value) reader.isBroken = true;
    else result.properties.set(key, value);
  }
  return result;
}

/** A word, a quoted string, or an address whose local part is one. */
function readValue(reader: FieldReader): string {
  reader.skipBlank();
  let value = '';
  while (!reader.isAtEnd && reader.next !== ';' && reader.next !== '(') {
    if (reader.next === ' ' || reader.next === '\t') break;
    value += reader.next === '"' ? reader.takeQuoted() : reader.takeUntil(wordEnds);
    if (reader.next === ')') {
      reader.isBroken = true;
      break;
    }
  }
  return value;
}
