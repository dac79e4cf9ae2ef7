import type { FastifyRequest } from 'fastify';

/** Raised by a hub without PUBLIC_URL for something that may only contain a known address. */
export class PublicUrlMissing extends Error {
  constructor() {
    super(
      'PUBLIC_URL is not set: keys and commands are given out only with an address that the hub knows itself',
    );
    this.name = 'PublicUrlMissing';
  }
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');
const schemeOf = (request: FastifyRequest) => (request.protocol === 'https' ? 'https' : 'http');

/**
 * The hub's address for descriptions without keys and commands, without a slash at the end. It is PUBLIC_URL, or else
 * the Host that this caller asked for. X-Forwarded-Host is never used, since a proxy may pass it on unseen.
 */
export const toDescribedUrl = (publicUrl: string | undefined, request: FastifyRequest): string =>
  publicUrl ? withoutSlash(publicUrl) : `${schemeOf(request)}://${request.headers.host ?? 'localhost'}`;

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The hub's address for texts with keys or commands, which would otherwise go to an address from the caller's header.
 * It is PUBLIC_URL, or else the listener's own address, if that is the loopback interface. Errors: PublicUrlMissing.
 */
export function toKnownUrl(publicUrl: string | undefined, request: FastifyRequest): string {
  if (publicUrl) return withoutSlash(publicUrl);
  const { localAddress = '', localPort } = request.socket;
  const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(localAddress);
  const own = loopbackHosts
    .map((name) => new URL(`${schemeOf(request)}://${name}:${localPort}`))
    .find(({ host }) => host === request.headers.host?.toLowerCase());
  if (!isLoopback || !own) throw new PublicUrlMissing();
  return own.origin;
}

/**
 * Whether a browser that names this origin shows a page of ours. No other site can choose these headers for the
 * browser.
 */
export function isOurOrigin(publicUrl: string | undefined, request: FastifyRequest, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.host || (publicUrl !== undefined && host === new URL(publicUrl).host);
}
