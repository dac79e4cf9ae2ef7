import { hidden } from '../changes/plan-change.ts';
import type { ConfigurationDocument } from '../document.ts';
import { readDocument } from '../read-document.ts';
import { hideSecrets } from './hide-secrets.ts';

/**
 * The text of a document as it may leave the hub. Since secrets are refused, only texts of a time before that can have
 * any; each is replaced by dots.
 */
export const toShownSource = ({
  kind,
  name,
  source,
}: Pick<ConfigurationDocument, 'kind' | 'name' | 'source'>): string =>
  hideSecrets(source, readDocument({ kind, name }, source), hidden);
