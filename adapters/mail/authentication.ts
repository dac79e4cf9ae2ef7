/** One result of RFC 8601, 2.2: `dkim=pass header.d=sbiz.example`. */
interface Result {
  method: string;
  result: string;
  properties: Record<string, string>;
}

/**
 * Whether the mailbox's own server says that a mail comes from where it says: undefined, or why not. `headers` are the
 * values of Authentication-Results, the newest first; only the first under the server's own name is believed, for a
 * sender can write any number below it (RFC 8601, 7.1).
 */
export function findForgery(headers: string[], authservId: string, from: string): string | undefined {
  const own = headers.find((header) => readId(header) === authservId.toLowerCase());
  if (own === undefined)
    return `the mail server reported nothing about the sender (no result of ${authservId})`;
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  const results = readResults(own);
  const passes = results.some(({ method, result, properties }) => {
    if (result !== 'pass') return false;
    if (method === 'dmarc') return true;
    if (method === 'dkim') return isAligned(properties['header.d'] ?? properties['header.i'] ?? '', domain);
    return method === 'spf' && isAligned(properties['smtp.mailfrom'] ?? '', domain);
  });
  if (passes) return undefined;
  const found = results
    .filter(({ method }) => ['dmarc', 'dkim', 'spf'].includes(method))
    .map(({ method, result }) => `${method}=${result}`);
  return `the sender is not proved (${found.join(', ') || 'no result'})`;
}

const withoutComments = (header: string) => header.replace(/\([^()]*\)/g, ' ');

const readId = (header: string) => /^\s*([^\s;]+)/.exec(withoutComments(header))?.[1]?.toLowerCase();

function readResults(header: string): Result[] {
  return withoutComments(header)
    .split(';')
    .slice(1)
    .flatMap((part) => {
      const words = part
        .trim()
        .split(/\s+/)
        .map((word) => word.split('='));
      const [[method = '', result = ''] = [], ...rest] = words;
      const properties = Object.fromEntries(
        rest.map(([name = '', value = '']) => [name.toLowerCase(), value.replace(/"/g, '').toLowerCase()]),
      );
      return result ? [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }] : [];
    });
}

/** The same domain, or the one above it, as DMARC's relaxed alignment has it (RFC 7489, 3.1). */
function isAligned(given: string, domain: string): boolean {
  const signed = given.slice(given.lastIndexOf('@') + 1);
  return (
    signed.includes('.') &&
    (signed === domain || domain.endsWith(`.${signed}`) || signed.endsWith(`.${domain}`))
  );
}
