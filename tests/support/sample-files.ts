import { createHash, randomBytes } from 'node:crypto';

/** A PDF for any check of its header. The bytes after it are random. */
export const pdf = (size = 20_000): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);

/** The signature of a Compound File ([MS-CFB] 2.2), which HWP 5.0 has. */
export const hwp = (size = 20_000): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(size - 8)]);

/** A Windows program: MZ, and the PE header at the offset that MZ names. */
export function program(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  return bytes;
}

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
