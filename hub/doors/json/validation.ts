import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { compile } from '../../../schemas/index.ts';
import { Refusal } from '../../http/problem.ts';
import { mustPass } from '../calls/agency-calls.ts';

/** Validates routes by the schemas that describe them, with the messages and pointers of every other edge. */
export function validateWith(app: FastifyInstance): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const check = compile(schema);
    const read = httpPart === 'querystring' ? fromQuery(schema) : (value: unknown) => value;
    return (value) => {
      try {
        return { value: mustPass(check(read(value))) };
      } catch (error) {
        if (error instanceof Refusal) return { error };
        throw error;
      }
    };
  });
  // This program makes replies from checked values, so nothing has to be left out of them.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}

/**
 * A query is text: a value that the schema calls a number becomes one. A name that is given twice stays a list, and is
 * refused.
 */
function fromQuery(schema: TSchema): (query: unknown) => unknown {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  return (query) =>
    Object.fromEntries(
      Object.entries(query as Record<string, unknown>).map(([name, text]) => {
        const isNumber =
          properties[name]?.type === 'integer' && typeof text === 'string' && /^-?\d{1,15}$/.test(text);
        return [name, isNumber ? Number(text) : text];
      }),
    );
}
