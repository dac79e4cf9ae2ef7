import type { FetchedAttachment } from '../../contract.ts';
import { toBoardError } from '../outcome/call-error.ts';
import type { BoardStream } from './http.ts';

/** A reply's content for the hub: what breaks on the way is told in the contract's words. */
export function readContent({ content }: BoardStream): FetchedAttachment {
  async function* read() {
    try {
      yield* content;
    } catch (error) {
      throw toBoardError(error);
    }
  }
  return { content: read() };
}
