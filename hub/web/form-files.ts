import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AttachmentReference, Problem, Reason } from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import { AttachmentError, isOutage, outageRetryAfter } from '../attachments/attachment-error.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { type Limits, toSizeText } from '../attachments/limits.ts';
import type { Typed } from './forms.ts';

/** What is wrong with one file, or with all of them together. */
interface FileProblem {
  /** Empty: all files. */
  name: string;
  reason: Reason;
  /** The file is taken when the fault is over. */
  isOutage: boolean;
}

/** A form, with its files taken in already. They are kept for a day until something names them. */
export interface FormWithFiles {
  typed: Typed;
  files: AttachmentReference[];
  problems: FileProblem[];
}

/**
 * Reads a form that may bring files, each as a stream. `agency`: the agency in whose name they come. The form's token
 * stands first and is checked already (security.ts).
 */
export async function readFormFiles(
  request: FastifyRequest,
  attachments: Attachments,
  agency: string,
): Promise<FormWithFiles> {
  const { formParts } = request;
  if (!formParts) return { typed: request.typed(), files: [], problems: [] };
  const body = request.body as Record<string, string>;
  const kept: string[] = [];
  const files: AttachmentReference[] = [];
  const problems: FileProblem[] = [];
  const limits = attachments.limitsFor(agency);
  for await (const part of formParts) {
    if (part.type === 'field') {
      // A part may call itself JSON; its value may then have any type.
      const value = typeof part.value === 'string' ? part.value : '';
      if (part.fieldname === 'uploaded') kept.push(value);
      else body[part.fieldname] = value;
      continue;
    }
    const taken = await take(attachments, agency, part);
    if (taken && 'reason' in taken) problems.push(taken);
    else if (taken) files.push(taken);
  }
  const all = [...(await attachments.findUploaded(agency, kept)), ...files];
  const addForAll = (reason: Reason) => problems.push({ name: '', reason, isOutage: false });
  if (all.length > limits.maxCount) addForAll(toReason('too_many_files', { n: limits.maxCount }));
  const total = all.reduce((sum, { size = 0 }) => sum + size, 0);
  if (total > limits.maxTotalBytes)
    addForAll(toReason('files_too_large', { size: toSizeText(limits.maxTotalBytes) }));
  return { typed: request.typed(), files: all, problems };
}

async function take(
  attachments: Attachments,
  agency: string,
  { filename, file }: MultipartFile,
): Promise<AttachmentReference | FileProblem | undefined> {
  try {
    // If no file was chosen, a browser sends one without a name.
    if (!filename) return undefined;
    const { id, name, mediaType, size, sha256 } = await attachments.upload(agency, {
      name: filename,
      content: file.iterator({ destroyOnReturn: false }),
    });
    return { id, name, mediaType, size, sha256 };
  } catch (error) {
    if (!(error instanceof AttachmentError)) throw error;
    return { name: filename, reason: error.reason, isOutage: isOutage(error) };
  } finally {
    // The rest of a refused file is dropped, because more fields and files follow it.
    file.resume();
  }
}

/**
 * The status of a form whose files were not taken. 503: the fault is the hub's, and the person only has to try again.
 */
export function toFormStatus(reply: FastifyReply, { problems }: FormWithFiles): 422 | 503 {
  if (!problems.some(({ isOutage }) => isOutage)) return 422;
  reply.header('retry-after', outageRetryAfter);
  return 503;
}

/** A file's problem for a page without the field of files. */
export const toFileProblem = ({ name, reason }: FileProblem): Problem => ({
  pointer: '',
  reason: name === '' ? reason : toReason('at', { place: name, detail: reason }),
});

/** The file field of a form, for a view. */
export function toFileField(limits: Limits, given?: FormWithFiles) {
  return {
    kept: given?.files ?? [],
    problems: given?.problems ?? [],
    accept: limits.types.map((type) => `.${type}`).join(','),
    types: limits.types.join(', '),
    maxCount: limits.maxCount,
    maxSize: toSizeText(limits.maxBytes),
  };
}

/** Files are part of a form's identity: with another file it is another form. */
export const toFileMark = (files: AttachmentReference[]): Typed =>
  files.length > 0 ? { files: files.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n') } : {};

/**
 * Reads a form that may bring one file, which is not kept. Undefined: it brought none, or an empty one. The other fields
 * can be read afterwards.
 */
export async function readFileBytes(
  request: FastifyRequest,
  mostBytes: number,
): Promise<Uint8Array | 'too large' | undefined> {
  const body = request.body as Record<string, string>;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const part of request.formParts ?? []) {
    if (part.type === 'field') {
      body[part.fieldname] = typeof part.value === 'string' ? part.value : '';
      continue;
    }
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
    }
  }
  if (size > mostBytes) return 'too large';
  return size > 0 ? Buffer.concat(chunks) : undefined;
}
