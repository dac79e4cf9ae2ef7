import { createVisitor } from '../console-server.ts';
import type { FilledConsole } from './filled-console.ts';

export interface FoundPage {
  route: string;
  path: string;
}

const toPattern = (route: string) =>
  new RegExp(`^${route.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`);

/** The route that serves a path: the one with the fewest places for a name, as the server chooses. */
function findRoute(routes: string[], path: string): string | undefined {
  const [plain = ''] = path.split('?');
  const fitting = routes.filter((route) => toPattern(route).test(plain));
  return fitting.sort((a, b) => a.split(':').length - b.split(':').length)[0];
}

/** A route may serve files or what is gone: after this many addresses that show no page it is left out. */
const mostTries = 3;

/**
 * One page of each route that a person reaches by the links of other pages. It begins with the first page and the ones
 * given, which are all listed.
 */
export async function listPages(
  { url, routes }: FilledConsole,
  login: string,
  begin: string[],
): Promise<FoundPage[]> {
  const visitor = createVisitor(url);
  await visitor.signIn(login);
  const found = new Map<string, FoundPage>();
  const tries = new Map<string, number>();
  const waiting = ['/', ...begin];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = findRoute(routes, path);
    const kind = begin.includes(path) ? path : route;
    if (!route || !kind || found.has(kind) || (tries.get(kind) ?? 0) >= mostTries) continue;
    tries.set(kind, (tries.get(kind) ?? 0) + 1);
    const { status, headers, text } = await visitor.get(path);
    const isSaved = headers.get('content-disposition')?.startsWith('attachment');
    if (status !== 200 || isSaved || !headers.get('content-type')?.includes('text/html')) continue;
    found.set(kind, { route, path });
    const links = [...text.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)].map(([, href = '']) => href);
    waiting.push(...new Set(links.map((href) => href.replaceAll('&amp;', '&'))));
  }
  return [...found.values()];
}
