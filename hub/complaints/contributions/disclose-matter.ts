import type { ComplaintContent } from '../../../schemas/index.ts';
import { maskName } from '../../words/mask-name.ts';

/**
 * What an agency that was asked for a contribution reads of a complaint: the matter, and not the person, to whom the
 * agency that leads speaks (Civil Complaints Treatment Act, article 7).
 */
export function discloseMatter(content: ComplaintContent): ComplaintContent {
  const { name, language } = content.complainant;
  return { ...content, complainant: { name: maskName(name), ...(language && { language }) } };
}
