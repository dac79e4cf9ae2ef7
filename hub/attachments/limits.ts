import type { Agency, AttachmentLimits } from '../../schemas/index.ts';
import { knownExtensions } from './file-types.ts';

export type Limits = Required<AttachmentLimits>;

const megabyte = 1024 * 1024;

/** The default limits of files. An agency's configuration overrides any of them (`attachments`). */
const defaultLimits: Limits = {
  maxBytes: 30 * megabyte,
  maxCount: 10,
  maxTotalBytes: 100 * megabyte,
  types: knownExtensions,
  maxUnnamedBytes: 1024 * megabyte,
  maxUnnamedCount: 1000,
};

/** The limits of a sender: an agency, or the contact centre (undefined). */
export const limitsOf = (agency: Agency | undefined): Limits => ({
  ...defaultLimits,
  ...agency?.attachments,
});

/** 30 MB, 1.5 MB, 300 KB, 10 B: for people. */
export function toSizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [unit, size] = bytes >= megabyte ? ['MB', bytes / megabyte] : ['KB', bytes / 1024];
  return `${Number(size.toFixed(1))} ${unit}`;
}
