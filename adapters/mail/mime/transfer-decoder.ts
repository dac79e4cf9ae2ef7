/** Decodes a body in pieces, as it comes from the server (RFC 2045, 6.7 and 6.8). */
export interface TransferDecoder {
  decode(piece: Buffer): Buffer;
  /** Returns what was still waiting for more input. */
  end(): Buffer;
}
