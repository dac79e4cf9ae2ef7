import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { RoutingRule } from '../../../../schemas/index.ts';
import { listOf, toText } from '../yaml-layout.ts';

/** One change of the routing. Positions are counted from 0. */
export type RoutingEdit =
  | { kind: 'add'; rule: RoutingRule; at: number }
  | { kind: 'replace'; rule: RoutingRule; at: number }
  | { kind: 'remove'; at: number }
  /** Moves a rule to another position. The others keep their order. */
  | { kind: 'move'; at: number; to: number }
  | { kind: 'default'; to: string };

/**
 * The text of the routing after one change. Comments and everything else stay as written, and a rule takes the comments
 * above it along. The text must be readable YAML.
 */
export function editRouting(source: string, edit: RoutingEdit): string {
  const document = parseDocument(source);
  if (edit.kind === 'default') document.set('default', edit.to);
  else editRules(document, edit);
  return toText(document, source);
}

function editRules(document: Document, edit: Exclude<RoutingEdit, { kind: 'default' }>): void {
  const rules = listOf(document, 'rules');
  const { at } = edit;
  if (edit.kind === 'add') rules.items.splice(at, 0, toNode(document, edit.rule));
  else if (edit.kind === 'remove') rules.items.splice(at, 1);
  else if (edit.kind === 'move') rules.items.splice(edit.to, 0, ...rules.items.splice(at, 1));
  else {
    const old = rules.items[at];
    const node = toNode(document, edit.rule);
    if (isMap(old)) Object.assign(node, { commentBefore: old.commentBefore, comment: old.comment });
    rules.items[at] = node;
  }
}

function toNode(document: Document, rule: RoutingRule) {
  const node = document.createNode(rule);
  const when = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === 'when') : undefined;
  // The conditions on one line, as in the file that comes with the hub.
  if (isMap(when?.value)) putOnOneLine(when.value);
  return node;
}

function putOnOneLine(conditions: YAMLMap): void {
  conditions.flow = true;
  for (const { value } of conditions.items) if (isSeq(value)) value.flow = true;
}
