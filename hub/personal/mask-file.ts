import { maskAddress, maskComplainant } from '../access/people/masking.ts';
import type { ComplaintFile, NoticeEntry } from '../complaints/reading/read-complaint.ts';
import { maskName } from '../words/mask-name.ts';

/** A complaint for readers who need not know the person. */
export const maskFile = (file: ComplaintFile): ComplaintFile => ({
  ...file,
  content: { ...file.content, complainant: maskComplainant(file.content.complainant) },
  notices: file.notices.map(maskNotice),
});

/** A notice for readers who need not know whom it went to. */
export const maskNotice = <Row extends Pick<NoticeEntry, 'recipient' | 'address'>>(notice: Row): Row => ({
  ...notice,
  recipient: maskName(notice.recipient),
  address: notice.address && maskAddress(notice.address),
});
