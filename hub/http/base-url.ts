import type { FastifyRequest } from 'fastify';

/** A hub without PUBLIC_URL that is asked for what only a known address may stand in. */
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
 * Where callers reach the hub, without a slash at the end, for descriptions that hold neither key nor command: as it is
 * configured, else by the Host that this caller asked for. Never X-Forwarded-Host, which a proxy may pass on unseen.
 */
export const toDescribedUrl = (publicUrl: string | undefined, request: FastifyRequest): string =>
  publicUrl ? withoutSlash(publicUrl) : `${schemeOf(request)}://${request.headers.host ?? 'localhost'}`;

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The same for what carries keys or commands, which would go to whoever chose the header: as it is configured, else the
 * listener's own address, and only on the loopback interface. Errors: PublicUrlMissing.
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

/** Whether a browser that names this origin shows a page of ours. No other site can choose these headers for it. */
export function isOurOrigin(publicUrl: string | undefined, request: FastifyRequest, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.host || (publicUrl !== undefined && host === new URL(publicUrl).host);
}
