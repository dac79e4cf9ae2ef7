import { timingSafeEqual } from 'node:crypto';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyRequest } from 'fastify';
import { ConsoleError } from './console-error.ts';

/** Headers of every page: nothing from elsewhere, no script or style inside the page. */
export function toSecurityHeaders(https: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // With no-referrer a browser sends `Origin: null` along with forms, which the check below refuses.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https && { maxAge: 31_536_000 },
    xFrameOptions: { action: 'sameorigin' },
  };
}

/** For a kept message: it may style itself, and nothing else; the frame around it is sandboxed as well. */
export const messagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/**
 * Refuses a form that another site made a browser send: by what the browser says of its origin, and for a
 * signed-in person by the token that only the session's own pages carry.
 */
export function refuseForeignForm(request: FastifyRequest, formToken: string | undefined): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new ConsoleError('foreign_form');
  if (origin !== undefined && hostOf(origin) !== request.host) throw new ConsoleError('foreign_form');
  if (formToken === undefined) return;
  const sent = (request.body as Record<string, unknown> | null | undefined)?.formToken;
  if (typeof sent !== 'string' || !isSame(sent, formToken)) throw new ConsoleError('foreign_form');
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A path of this console to go on to; `/` for anything that leads elsewhere. */
export function toLocalPath(text: unknown): string {
  const here = 'http://console.invalid';
  if (typeof text !== 'string' || !text.startsWith('/') || !URL.canParse(text, here)) return '/';
  const url = new URL(text, here);
  return url.origin === here ? url.pathname + url.search : '/';
}
