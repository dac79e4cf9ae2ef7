import type { Multipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Fields of a form as typed, always as text. */
export type Typed = Record<string, string>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The fields of the submitted form, trimmed. */
    typed(): Typed;
    /** A field exactly as typed: a password may begin or end with a space. Empty: there was none. */
    typedExactly(field: string): string;
    /** Every field with all of its values, exactly as typed but for line ends: those of a browser are CRLF. */
    typedAll(): ReadonlyMap<string, readonly string[]>;
    /** The parts of a form with files that follow its token. */
    formParts: AsyncIterable<Multipart> | null;
    /** Values of the URL's query: the first of each name, without empty ones. */
    asked(): Typed;
  }
  interface FastifyReply {
    /** Answers with a page. */
    page(name: string, data?: object, status?: number): Promise<FastifyReply>;
  }
}

/** Gives requests of pages access to the form and the query. */
export function equipForms(app: FastifyInstance): void {
  app.decorateRequest('typed', function (this: FastifyRequest) {
    return toTyped(this.body);
  });
  app.decorateRequest('typedExactly', function (this: FastifyRequest, field: string) {
    const value = (this.body as Record<string, unknown> | null | undefined)?.[field];
    return typeof value === 'string' ? value : '';
  });
  app.decorateRequest('typedAll', function (this: FastifyRequest) {
    const fields = Object.entries((this.body ?? {}) as Record<string, unknown>);
    return new Map(fields.map(([name, given]) => [name, [given].flat().map(toExactText)]));
  });
  app.decorateRequest('formParts', null);
  app.decorateRequest('asked', function (this: FastifyRequest) {
    return Object.fromEntries(Object.entries(toTyped(this.query)).filter(([, value]) => value !== ''));
  });
}

/** PostgreSQL cannot hold a NUL or half of a surrogate pair, and no person types one. */
const toExactText = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().replaceAll('\r\n', '\n') : '';

function toTyped(values: unknown): Typed {
  return Object.fromEntries(
    Object.entries((values ?? {}) as Record<string, unknown>).map(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      // PostgreSQL cannot hold a NUL or half of a surrogate pair, and no person types one.
      return [name, typeof first === 'string' ? first.replaceAll('\0', '').toWellFormed().trim() : ''];
    }),
  );
}
