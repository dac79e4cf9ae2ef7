import { timingSafeEqual } from 'node:crypto';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { isOurOrigin } from '../http/base-url.ts';
import { PageError } from './page-error.ts';

/** Headers of every page: nothing loads from elsewhere, and no script or style is inside the page. */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  // With no-referrer a browser sends `Origin: null` with forms, and the check below refuses that.
  referrerPolicy: { policy: 'same-origin' },
  // This header is set where the request's protocol is known: hub/http/reply-headers.ts.
  strictTransportSecurity: false,
  xFrameOptions: { action: 'sameorigin' },
};

/** The policy of a kept message: it may style itself, and nothing else. The frame around it is sandboxed as well. */
export const messagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; object-src 'none'; frame-ancestors 'self'; sandbox";

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A hook for `preHandler` of every page. It refuses a form that another site made a browser send, by the origin that
 * the browser names. For a signed-in person it also checks the token that only the session's own pages carry
 * (`findFormToken`). No content type is exempt, and of the pages only one that says so: an identity provider sends its answer as a form. A form with files is read up to its token, and a page that
 * takes no files refuses such a form.
 */
export const refuseForeignForms =
  (publicUrl: string | undefined, findFormToken: (request: FastifyRequest) => string | undefined) =>
  async (request: FastifyRequest): Promise<void> => {
    if (readingMethods.has(request.method) || request.routeOptions.config.takesForeignForms) return;
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site !== undefined && site !== 'same-origin') throw new PageError('foreign_form');
    if (origin !== undefined && !isOurOrigin(publicUrl, request, origin)) throw new PageError('foreign_form');
    const isForFiles = request.routeOptions.config.carriesFiles;
    if (request.isMultipart() && !isForFiles) throw new PageError('not_a_form');
    const token = findFormToken(request);
    if (token === undefined) return;
    if (request.isMultipart()) await beginFormParts(request);
    const { formToken: sent = '' } = request.typed();
    if (!isSame(sent, token)) throw new PageError('stale_form');
  };

/** Reads a form with files up to its token, which our pages put first. No byte of a file is read before it. */
async function beginFormParts(request: FastifyRequest): Promise<void> {
  const parts = readParts(request);
  const first = await parts.next();
  if (first.done || first.value.type !== 'field') throw new PageError('foreign_form');
  const { fieldname, value } = first.value;
  request.body = { [fieldname]: value };
  request.formParts = parts;
}

/** The parser's own errors have no status. If it cannot read the form, the sender is at fault. */
export async function* readParts(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts();
  } catch (error) {
    throw (error as { statusCode?: number }).statusCode ? error : new PageError('not_understood', error);
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * A path of this console to go on to, or `/` for anything that leads elsewhere. The check resolves dots first, as a
 * browser does: `/..//host` becomes `//host`, which is another site (WHATWG URL, path state).
 */
export function toLocalPath(text: unknown): string {
  const here = 'http://console.invalid';
  if (typeof text !== 'string' || !text.startsWith('/') || !URL.canParse(text, here)) return '/';
  const { origin, pathname, search, hash } = new URL(text, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
