import { getDomain } from 'tldts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { FieldReader } from './structured-field.ts';

/** One result of RFC 8601, 2.2: `dkim=pass header.d=sbiz.example`. */
interface Result {
  method: string;
  result: string;
  /** Keyed by `ptype.property`. */
  properties: Map<string, string>;
}

/**
 * Checks whether the mailbox's own server confirms the sender of a mail. Undefined: it does. Otherwise the reason says
 * why not. `fields` are the values of Authentication-Results, the newest first.
 *
 * Only the first field with the server's own name is trusted. Every server writes its own above those that came with
 * the mail (RFC 8601, 5). A sender may have written the others, any number of them under any name (RFC 8601, 7.1).
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

/** The property by which each method names the domain (RFC 8601, 2.7). */
const domainOf: Record<string, string> = {
  dmarc: 'header.from',
  dkim: 'header.d',
  spf: 'smtp.mailfrom',
};
/**
 * DMARC has no opinion, because the domain publishes no policy (RFC 8601, 2.7.1). `bestguesspass` is a word of Exchange
 * Online.
 */
const isSilent: ReadonlySet<string> = new Set(['none', 'bestguesspass']);

function isProved(results: Result[], domain: string): boolean {
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  // A pass holds for the domain that it names (RFC 7489, 3.1). Two results that disagree prove nothing.
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

/** True for the same organisation by DMARC's relaxed alignment (RFC 7489, 3.1 and 3.2), with the Public Suffix List. */
function isAligned(given: string, domain: string): boolean {
  if (given === domain) return true;
  const [one, other] = [given, domain].map((name) => getDomain(name, { allowPrivateDomains: true }));
  return one !== null && one !== undefined && one === other;
}

const wordEnds = new Set([...' \t();"']);
const keyEnds = new Set([...' \t();"=']);

/**
 * Reads a field of RFC 8601, 2.2. Without `results`, the field breaks the grammar, so its meaning is unknown.
 *
 * We wrote this reader ourselves. Of the maintained ones, mailauth's keeps only the last of two results of one method.
 * It also does not tell what it cannot read.
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

/**
 * Reads up to the next semicolon. `none` gives no result. Words without a value belong to no result and prove nothing.
 */
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
    // One property with two values: nobody knows which domain the result means.
    else if ((result.properties.get(key) ?? value) !== value) reader.isBroken = true;
    else result.properties.set(key, value);
  }
  return result;
}

/** A word, a quoted string, or an address with a quoted local part. */
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
