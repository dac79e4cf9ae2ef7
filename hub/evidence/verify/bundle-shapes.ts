import type { Manifest, Signature } from './bundle.ts';

type Fits = (part: unknown) => boolean;

const has = (value: unknown, of: Record<string, Fits>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === Object.keys(of).length &&
  Object.entries(of).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));

const isText: Fits = (part) => typeof part === 'string';
const isCount: Fits = (part) => Number.isInteger(part);
const isFlag: Fits = (part) => typeof part === 'boolean';
const isTextOrNull: Fits = (part) => part === null || isText(part);
const isDigest: Fits = (part) => typeof part === 'string' && /^[0-9a-f]{64}$/.test(part);

export const isManifest = (value: unknown): value is Manifest =>
  has(value, {
    ...{ format: isText, receiptNumber: isText, madeAt: isText, madeBy: isText, reason: isText, hub: isText },
    ...{ masked: isFlag, certificate: isDigest },
    events: (part) => has(part, { count: isCount, head: isDigest }),
    records: (part) => typeof part === 'object' && part !== null && Object.values(part).every(isDigest),
    files: (part) =>
      Array.isArray(part) &&
      part.every((file) => has(file, { path: isText, size: isCount, sha256: isDigest })),
  });

export const isSignature = (value: unknown): value is Signature =>
  has(value, { certificate: isText, signature: isText, timeStamp: isTextOrNull, seal: isText });
