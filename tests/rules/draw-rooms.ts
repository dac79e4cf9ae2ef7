/** `npm run rooms`: draws the rooms anew in docs/architecture.md, from the floors and the imports. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Arrow, floors, listArrows, listImports, listLongest } from './rooms.ts';

const guide = new URL('../../docs/architecture.md', import.meta.url);
const between = /(<!-- rooms -->\n)[\s\S]*(<!-- end of rooms -->)/;

/** Rooms from the highest floor to the lowest. */
const fromTheTop = floors.toReversed();

export const readGuide = (): string => readFileSync(guide, 'utf8');

/** A guide with its rooms drawn anew. */
export function redraw(text: string): string {
  if (!between.test(text)) throw new Error('docs/architecture.md has lost the marks around its rooms');
  return text.replace(between, (_all, begin: string, end: string) => `${begin}\n${drawRooms()}\n\n${end}`);
}

/** What the guide shows of the rooms: two diagrams, and a table of every import between two rooms. */
function drawRooms(): string {
  const arrows = listArrows(listImports());
  return [
    '### The hub',
    drawDiagram('hub', arrows),
    '### The adapters',
    drawDiagram('adapters', arrows),
    '### Every import between two rooms',
    drawTable(arrows),
  ].join('\n\n');
}

/** One top folder; a floor of several rooms is a frame. */
function drawDiagram(top: string, arrows: Arrow[]): string {
  const inside = (room: string) => room === top || room.startsWith(`${top}/`);
  const shown = fromTheTop.map((floor) => floor.filter(inside)).filter((floor) => floor.length > 0);
  const names = new Map(shown.flat().map((room, n) => [room, `r${n}`]));
  const box = (room: string) => `${names.get(room)}["${room === top ? room : room.slice(top.length + 1)}"]`;
  const boxes = shown.flatMap((floor, n) =>
    floor.length === 1
      ? floor.map((room) => `  ${box(room)}`)
      : [`  subgraph floor${n}[" "]`, ...floor.map((room) => `    ${box(room)}`), '  end'],
  );
  const drawn = listLongest(arrows.filter(({ from, to }) => inside(from) && inside(to)));
  const lines = drawn.map(({ from, to }) => `  ${names.get(from)} --> ${names.get(to)}`).sort();
  return ['```mermaid', 'flowchart TB', ...boxes, ...lines, '```'].join('\n');
}

function drawTable(arrows: Arrow[]): string {
  const below = Map.groupBy(arrows, ({ from }) => from);
  const rank = new Map(fromTheTop.flat().map((room, n) => [room, n]));
  const rows = fromTheTop.flat().map((room) => {
    const to = (below.get(room) ?? []).map((arrow) => arrow.to);
    const sorted = to.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    return `| \`${room}\` | ${sorted.map((other) => `\`${other}\``).join(' ')} |`;
  });
  return ['| room | imports from |', '|---|---|', ...rows].join('\n');
}

if (import.meta.main) writeFileSync(guide, redraw(readGuide()));
