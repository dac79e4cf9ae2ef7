import { type AttachmentReference, type ComplaintContent, normaliseText } from '../../schemas/index.ts';

/** Identifies a complaint's content. The time of filing is not part of it. */
export function fingerprintContent(content: ComplaintContent): string {
  const { complainant, attachments } = content;
  return JSON.stringify([
    normaliseText(content.title),
    normaliseText(content.body),
    content.kind,
    content.category ?? null,
    content.region ?? null,
    [complainant.name, complainant.company, complainant.email, complainant.phone, complainant.notifyBy],
    markFiles(attachments),
  ]);
}

/** Identifies the files. */
export const markFiles = (attachments: AttachmentReference[] = []) =>
  attachments.map(({ name, sha256, id, url }) => [name, sha256 ?? id ?? url ?? null]);
