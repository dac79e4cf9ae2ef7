import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page (WCAG 2.2 A and AA, and its best practices): the rule and the elements. */
export async function findAxeFaults(page: Page): Promise<string[]> {
  // The pages' policy lets in no script of ours, but what the browser's own tools evaluate.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}
