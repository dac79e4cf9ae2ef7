import type { FastifyRequest } from 'fastify';
import type { Typed } from './forms.ts';
import { readParts } from './security.ts';

/** What was typed into a form that could not be taken, because its session has ended or changed. */
export interface LostForm {
  /** Where the form was sent to. */
  path: string;
  typed: Typed;
  hasFiles: boolean;
}

/** Fields that no page repeats. */
const secretField = /password|secret|token|current|again/i;
/** The most characters that are given back: a form of the longest complaint. */
const mostCharacters = 120_000;
/** Characters from which a text is worth being copied by a person. */
const leastShown = 10;

/** The fields of a form, up to the first file: nobody is known who may send one. Undefined: nothing was typed. */
export async function readLostForm(request: FastifyRequest): Promise<LostForm | undefined> {
  const path = request.url.split('?')[0] ?? '/';
  const { fields, hasFiles } = request.isMultipart()
    ? await readFields(request)
    : { fields: request.typed(), hasFiles: false };
  const typed = Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => value !== '' && !secretField.test(name))
      .map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]),
  );
  const size = Object.values(typed).reduce((sum, { length }) => sum + length, 0);
  const isTyped = Object.keys(typed).some((name) => name !== 'key' && name !== 'to');
  return isTyped && size <= mostCharacters ? { path, typed, hasFiles } : undefined;
}

async function readFields(request: FastifyRequest): Promise<{ fields: Typed; hasFiles: boolean }> {
  const fields: Typed = {};
  for await (const part of request.formParts ?? readParts(request)) {
    if (part.type === 'file') {
      part.file.resume();
      return { fields, hasFiles: part.filename !== '' };
    }
    if (typeof part.value === 'string')
      fields[part.fieldname] = part.value.replaceAll('\0', '').toWellFormed().trim();
  }
  return { fields, hasFiles: false };
}

/** For a view. `isKept`: the form has it again when the person goes on. */
export const toShownLost = ({ path, typed, hasFiles }: LostForm, isKept: boolean) => ({
  path,
  json: JSON.stringify(typed),
  hasFiles,
  isKept,
  shown: Object.entries(typed).flatMap(([name, value]) =>
    name !== 'key' && name !== 'to' && value.length >= leastShown ? [value] : [],
  ),
});
