import { type AttachmentReference, type ComplaintContent, normaliseText } from '../../schemas/index.ts';

/** What makes a complaint's content what it is; the time of filing is not part of it. */
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

/** Which files these are. */
export const markFiles = (attachments: AttachmentReference[] = []) =>
  attachments.map(({ name, sha256, id, url }) => [name, sha256 ?? id ?? url ?? null]);
