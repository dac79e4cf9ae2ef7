/** Texts that were sealed or opened a moment ago, by their sealed form. */
export interface RecentTexts {
  find(sealed: string): string | undefined;
  keep(sealed: string, text: string): void;
}

/** The most characters of one generation, and of one text that is kept. */
const mostKept = 4_000_000;
const longest = 20_000;

/**
 * What comes in is written, and read again within seconds by whoever delivers it, tells of it and indexes it. Opening it each
 * time would cost as much as the rest of the reading. Two generations: what was not asked for during one goes.
 */
export function createRecentTexts(most = mostKept): RecentTexts {
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  let held = 0;

  function keep(sealed: string, text: string): void {
    if (sealed.length > longest) return;
    if (held > most) {
      old = young;
      young = new Map();
      held = 0;
    }
    young.set(sealed, text);
    held += sealed.length + text.length;
  }

  return {
    keep,
    find(sealed) {
      const known = young.get(sealed);
      if (known !== undefined) return known;
      const older = old.get(sealed);
      if (older !== undefined) keep(sealed, older);
      return older;
    },
  };
}
