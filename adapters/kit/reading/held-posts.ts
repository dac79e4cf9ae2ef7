import { createHash } from 'node:crypto';

/**
 * The posts of a board that is read whole, each by a digest of its id and of its version. A post takes 16 characters of
 * the cursor: 8 for the id, 7 for the version and 1 for its age.
 *
 * Two ids with one digest only come again at each reading. The hub recognises them by their version. A change is
 * overlooked if both versions have one digest: once in 2^42 changes.
 */
export interface HeldPosts {
  /** False: the post is new, or changed since it was met. */
  knows(externalId: string, version: string): boolean;
  meet(externalId: string, version: string): void;
  /** The board was read to its end. Posts that were not met in {@link oldest} readings are forgotten. */
  endReading(): void;
  toText(): string;
}

/**
 * The most posts that are remembered: 1.6 MB of the cursor. Further posts are given to the hub at each reading. The hub
 * recognises them, so they cost it a look but change nothing.
 */
const mostHeld = 100_000;

/** Readings after which a post that did not come again is forgotten. A shifted row is missing only once. */
const oldest = 3;

const width = 16;

export function openHeldPosts(text: string): HeldPosts {
  const posts = new Map<string, { version: string; age: number }>();
  for (let at = 0; at + width <= text.length; at += width)
    posts.set(text.slice(at, at + 8), {
      version: text.slice(at + 8, at + 15),
      age: Number(text.charAt(at + 15)),
    });
  return {
    knows: (externalId, version) => posts.get(digest(externalId, 8))?.version === digest(version, 7),
    meet(externalId, version) {
      const id = digest(externalId, 8);
      if (posts.has(id) || posts.size < mostHeld) posts.set(id, { version: digest(version, 7), age: 0 });
    },
    endReading() {
      for (const [id, post] of posts) {
        post.age += 1;
        if (post.age > oldest) posts.delete(id);
      }
    },
    toText: () => Array.from(posts, ([id, { version, age }]) => `${id}${version}${age}`).join(''),
  };
}

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);
