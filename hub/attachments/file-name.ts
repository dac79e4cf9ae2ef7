import type { AttachmentReference, Post } from '../../schemas/index.ts';
import { extensionFor } from './file-types.ts';

/** UTF-16 units: the most that schemas/complaint.ts allows. */
const longestName = 255;
/** Characters that are invisible or mislead: controls, line ends, direction marks, marks of width zero. */
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u200b\ufeff\ufffe\uffff]/gu;

/**
 * The name under which a file is kept and given out (OWASP ASVS 5.3.2, 5.4.1): the last part of a path, without
 * invisible characters. A name that is too long loses letters before its ending. If nothing is left, the type gives the
 * name.
 */
export function toFileName(given: string, mediaType?: string): string {
  const last = given.normalize('NFC').replace(misleading, '').split(/[/\\]/).at(-1) ?? '';
  // Windows drops these characters, and the file then has another ending.
  const name = last.trim().replace(/(?<![. ])[. ]+$/, '');
  if (name === '') return `attachment${extensionFor(mediaType)}`;
  return shorten(/^\.[^.]+$/.test(name) ? `attachment${name}` : name);
}

function shorten(name: string): string {
  if (name.length <= longestName) return name;
  const [ending = ''] = /\.[^.]{1,19}$/.exec(name) ?? [];
  return name.slice(0, longestName - ending.length).replace(/\p{Surrogate}/gu, '') + ending;
}

/**
 * A statement, with the names of its files as they are kept. If a board names a file only by a path, the hub still asks
 * for it by that path.
 */
export function withFileNames(post: Post, via: 'board' | 'upload'): Post {
  const { content, answers, followUps, steps } = post;
  return {
    ...post,
    ...(content && { content: rename(content, via) }),
    ...(answers && { answers: answers.map((answer) => rename(answer, via)) }),
    ...(followUps && { followUps: followUps.map((followUp) => rename(followUp, via)) }),
    ...(steps && { steps: steps.map((step) => ('attachments' in step ? rename(step, via) : step)) }),
  };
}

function rename<T extends { attachments?: AttachmentReference[] }>(part: T, via: 'board' | 'upload'): T {
  const { attachments } = part;
  return attachments ? { ...part, attachments: attachments.map((file) => renameFile(file, via)) } : part;
}

function renameFile(file: AttachmentReference, via: 'board' | 'upload'): AttachmentReference {
  const name = toFileName(file.name, file.mediaType);
  const isItsId = via === 'board' && name !== file.name && file.id === undefined && file.url === undefined;
  // An id has at most 200 letters.
  return { ...file, name, ...(isItsId && file.name.length <= 200 && { id: file.name }) };
}
