import type { Observer, Outside } from './observer.ts';
import { listSecrets } from './secrets.ts';
import type { Story } from './story.ts';

/** Everything that is stored outside, by place. `feed`: what an agency's program gets from its feed. */
export async function readPlaces(
  { sbiz, techno, textile }: Pick<Outside, 'sbiz' | 'techno' | 'textile'>,
  observer: Pick<Observer, 'allMessages'>,
  feed: string,
): Promise<Map<string, string>> {
  const places = new Map<string, string>([
    ['board of sbiz', JSON.stringify(sbiz.posts())],
    ['board of techno', JSON.stringify(techno.posts())],
    ['board of textile', JSON.stringify(await textile.questions())],
    ['feed of market', feed],
  ]);
  for (const { to, text } of observer.allMessages()) places.set(to, `${places.get(to) ?? ''}\n${text}`);
  return places;
}

/** What got out and must not have, and what was to be told and was not. */
export function findLeaks(places: ReadonlyMap<string, string>, stories: readonly Story[]): string[] {
  return stories.flatMap((story) =>
    listSecrets(story).flatMap(({ words, mayReach }) => [
      ...[...places]
        .filter(([place, text]) => text.includes(words) && !mayReach.includes(place))
        .map(([place]) => `leaked: ${story.mark} “${words}” in ${place}`),
      ...mayReach
        .filter((place) => !places.get(place)?.includes(words))
        .map((place) => `missing: ${story.mark} “${words}” in ${place}`),
    ]),
  );
}
