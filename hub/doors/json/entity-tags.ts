import { Refusal } from '../../http/problem.ts';

/**
 * A state as a strong tag. Of a complaint it is the number of events: in every representation it means the same state.
 */
export const toETag = (state: number | string): string => `"${state}"`;

/** RFC 9110, 8.8.3.3: another coding of the same state has another strong tag. */
export const toEncodedTag = (tag: string): string => tag.replace(/"$/, '-gzip"');

/** Tags without W/, quotes and the name of a coding. `*`: any. */
export type Tags = '*' | string[];

/** One member of the list, from where the last one ended (RFC 9110, 8.8.3 and 5.6.1). A comma may stand inside a tag. */
const nextTag = /[\t ]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[\t ]*(?:,|$)/y;

/**
 * Reads If-Match or If-None-Match. A tag may come back weak, or with a coding added: nginx writes W/ where it compresses
 * a reply, and Apache adds -gzip or -br. So both headers compare only what the hub wrote. RFC 9110, 13.1.1 asks for a
 * strong comparison in If-Match. A number of events is as strong behind W/, and an honest client behind such a proxy
 * could otherwise never write. Errors: Refusal `malformed`.
 */
export function readTags(name: string, header: string | string[] | undefined): Tags | undefined {
  if (header === undefined) return undefined;
  const text = String(header).trim();
  if (text === '*') return '*';
  const tags: string[] = [];
  for (let at = 0; at < text.length; at = nextTag.lastIndex) {
    nextTag.lastIndex = at;
    const [, tag] = nextTag.exec(text) ?? [];
    if (tag === undefined)
      throw new Refusal('malformed', `${name} must be * or ETags as you read them, for example "4"`);
    tags.push(tag.replace(/-(?:gzip|br)$/, ''));
  }
  return tags;
}

/** RFC 9110, 13.1.2: whether what the caller holds is as it stands now. */
export const isHeld = (tags: Tags | undefined, state: number | string): boolean =>
  tags === '*' || (tags?.includes(`${state}`) ?? false);
