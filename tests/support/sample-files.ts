import { createHash, randomBytes } from 'node:crypto';

/** A PDF as far as anybody looks: the header, then bytes that nobody has seen before. */
export const pdf = (size = 20_000): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);

/** The signature of a Compound File ([MS-CFB] 2.2), as HWP 5.0 has it. */
export const hwp = (size = 20_000): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(size - 8)]);

/** A program for Windows: MZ, and the PE header where the former says. */
export function program(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  return bytes;
}

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
