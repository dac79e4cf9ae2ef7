import type { FetchedAttachment } from '../../contract.ts';
import { toBoardError } from '../outcome/call-error.ts';
import type { BoardStream } from './http.ts';

/** The content of a reply, for the hub. An error while reading becomes a BoardError of the contract. */
export function readContent({ content }: Pick<BoardStream, 'content'>): FetchedAttachment {
  async function* read() {
    try {
      yield* content;
    } catch (error) {
      throw toBoardError(error);
    }
  }
  return { content: read() };
}
