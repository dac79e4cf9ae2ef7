import type { Readable } from 'node:stream';
import type { AttachmentReference, Problem, Upload } from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import { AttachmentError } from './attachment-error.ts';
import type { ContentStore } from './content-store.ts';
import { toFileName } from './file-name.ts';
import { findNameProblem } from './file-types.ts';
import { hold } from './hold.ts';
import { toLawful } from './lawful.ts';
import { type Limits, limitsOf, toSizeText } from './limits.ts';
import { type AttachmentEntry, findUploads, listAttachments, listWantedUploads } from './read-attachments.ts';
import { takeWithinQuota } from './take-within-quota.ts';

/** A file on its way in. */
export interface GivenFile {
  name: string;
  content: AsyncIterable<Uint8Array>;
  /** Size and digest, if the sender gave them. They must be right. */
  size?: number | undefined;
  sha256?: string | undefined;
}

/**
 * Files for doors and console. The caller has already decided that the reader may see the complaint. The agency that a
 * file comes from is checked here. Everything streams. Errors: AttachmentError.
 */
export interface Attachments {
  /** The limits of this agency's files. `hub`: the contact centre. */
  limitsFor(agency: string): Limits;
  /** References to those of these ids that are uploads of the agency. */
  findUploaded(agency: string, ids: string[]): Promise<AttachmentReference[]>;
  /** Takes a file in before the complaint, answer or follow-up that names it by `id`. */
  upload(agency: string, file: GivenFile): Promise<Upload>;
  /**
   * What is wrong with references in an agency's own statement: too many, a type that is not taken, an `id` that is
   * none of its uploads. `pointer`: the place of the list. Empty: nothing is wrong.
   */
  findProblems(
    agency: string,
    references: AttachmentReference[] | undefined,
    pointer: string,
  ): Promise<Problem[]>;
  /** Files of a complaint in the order of its events. */
  list(complaintId: string): Promise<AttachmentEntry[]>;
  /**
   * Takes the content of a file that this agency named without one. The same content again changes nothing. False: this
   * agency has no such file, or the file has another content already.
   */
  supply(agency: string, complaintId: string, id: string, file: Omit<GivenFile, 'name'>): Promise<boolean>;
  /** The bytes of a file in the state `held`. */
  open(attachment: Pick<AttachmentEntry, 'sha256'>): Promise<Readable>;
}

export interface AttachmentsDependencies {
  store: Store;
  directory: Directory;
  contents: ContentStore;
  /** Looks at the boards that a content can go to now. */
  look(topic: Topic): void;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export function createAttachments({
  store,
  directory,
  contents,
  look,
}: AttachmentsDependencies): Attachments {
  const limitsFor = (agency: string) => limitsOf(directory.findAgency(agency));

  const findOwn = (agency: string, ids: string[]) =>
    findUploads(
      store,
      agency,
      ids.filter((id) => uuid.test(id)),
    );

  return {
    limitsFor,

    async findUploaded(agency, ids) {
      const found = await findOwn(agency, ids);
      return [...found].map(([id, upload]) => ({ id, ...upload }));
    },

    async upload(agency, { name: given, content, size, sha256 }) {
      const name = toFileName(given);
      const limits = limitsFor(agency);
      const { types, maxBytes } = limits;
      const taken = await takeWithinQuota(store, { agency, name, size }, limits, () =>
        contents.take(content, { name, size, sha256, types, maxBytes }),
      );
      return { id: taken.id, name, ...taken.content };
    },

    async findProblems(agency, references = [], pointer) {
      const uploads = await findOwn(
        agency,
        references.flatMap(({ id }) => id ?? []),
      );
      return judgeReferences(references, uploads, limitsFor(agency), pointer);
    },

    list: (complaintId) => listAttachments(store, complaintId),

    async supply(agency, complaintId, id, file) {
      const wanted = (await listWantedUploads(store, agency, complaintId)).find((one) => one.id === id);
      if (!wanted) return false;
      const { name, size, sha256 } = wanted.declared;
      const limits = limitsFor(agency);
      const expected = { name, size: size ?? file.size, sha256: sha256 ?? file.sha256, types: limits.types };
      const { content } = await takeWithinQuota(store, { agency, ...expected }, limits, () =>
        contents.take(file.content, { ...expected, maxBytes: limits.maxBytes }),
      );
      const end = await hold(store, id, content, {
        maxTotalBytes: limits.maxTotalBytes,
        lawful: toLawful(directory.listAgencies()),
      });
      if (end.state === 'refused') throw new AttachmentError('too_large', end.reason);
      for (const board of end.boards) look(`bring-files:${board}`);
      return end.sha256 === content.sha256;
    },

    open: ({ sha256 }) => {
      if (!sha256) throw new AttachmentError('missing', toReason('file_not_held'));
      return contents.open(sha256);
    },
  };
}

/** What is wrong with the files that a text names. `uploads`: those that the agency has uploaded, by id. */
function judgeReferences(
  references: readonly AttachmentReference[],
  uploads: ReadonlyMap<string, { size: number }>,
  { maxCount, maxTotalBytes, types }: Limits,
  pointer: string,
): Problem[] {
  const problems = references.flatMap(({ name, id }, index): Problem[] => {
    const wrong = findNameProblem(toFileName(name), types);
    return [
      ...(wrong ? [{ pointer: `${pointer}/${index}/name`, reason: wrong }] : []),
      ...(id && !uploads.has(id)
        ? [{ pointer: `${pointer}/${index}/id`, reason: toReason('unknown_upload') }]
        : []),
    ];
  });
  const total = references.reduce((sum, { id, size = 0 }) => sum + (uploads.get(id ?? '')?.size ?? size), 0);
  if (references.length > maxCount)
    problems.push({ pointer, reason: toReason('holds_too_many_files', { n: maxCount }) });
  if (total > maxTotalBytes)
    problems.push({ pointer, reason: toReason('too_large_together', { size: toSizeText(maxTotalBytes) }) });
  return problems;
}
