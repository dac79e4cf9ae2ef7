import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * RFC 6797: for a year, a browser that used https uses https again, here and below this name (OWASP ASVS 5, 3.4.1). The
 * hub's name is its own, so nothing else is below it.
 */
const hsts = 'max-age=31536000; includeSubDomains';

/** Nothing may load, run or frame what is no page of ours (OWASP ASVS 5, 3.2.1, 3.4.3 and 3.4.6). */
const closedPolicy = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/** Headers of every reply, unless a door or a page says otherwise. No client guesses another media type (3.4.4). */
const closedHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': closedPolicy,
  'referrer-policy': 'no-referrer',
};

/** Whether the caller speaks https, perhaps to a proxy: by the connection, a trusted proxy, or PUBLIC_URL. */
export const speaksHttps = (publicUrl: string | undefined, { protocol }: Pick<FastifyRequest, 'protocol'>) =>
  protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);

/** The headers of a reply to somebody who came by https, or not. */
export const toReplyHeaders = (isHttps: boolean): Record<string, string> => ({
  ...closedHeaders,
  ...(isHttps && { 'strict-transport-security': hsts }),
});

/**
 * A hook for `onRequest` that puts them into every reply. They are set in Node's own reply, as helmet does, so that what
 * a page or a door sets takes their place. Add it before helmet.
 */
export const closeReplies =
  (publicUrl: string | undefined) =>
  async (request: FastifyRequest, { raw }: Pick<FastifyReply, 'raw'>): Promise<void> => {
    const headers = toReplyHeaders(speaksHttps(publicUrl, request));
    for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value);
  };
