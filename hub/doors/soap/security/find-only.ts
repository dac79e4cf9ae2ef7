import { Refusal } from '../../../http/problem.ts';
import type { XmlElement } from '../read-xml.ts';

/** The one child of this name. Errors: Refusal if there are more, since each reader might take another one. */
export function findOnly(elements: XmlElement[], namespace: string, name: string): XmlElement | undefined {
  const [found, ...others] = elements.filter((one) => one.name === name && one.namespace === namespace);
  if (others.length > 0) throw new Refusal('malformed', `${name} stands here more than once`);
  return found;
}
