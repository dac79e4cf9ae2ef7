import { registerHooks } from 'node:module';

/**
 * openapi-typescript writes with the compiler's programming interface, which TypeScript 7 no longer has. ts-morph ships the
 * last one that has it, and no command `tsc` that would take the place of ours.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier === 'typescript' && context.parentURL?.includes('/openapi-typescript/')
        ? import.meta.resolve('@ts-morph/common/dist/typescript.js')
        : specifier,
      context,
    ),
});
const { default: generate, astToString } = await import('openapi-typescript');

const head = `/**
 * The types of the REST door, made of its OpenAPI document by openapi-typescript. Not written by hand:
 * \`npm run client-types\` writes it anew.
 */

`;

/** The types of an OpenAPI document, as the TypeScript client ships them. */
export async function toDoorTypes(document: string): Promise<string> {
  return head + astToString(await generate(document));
}
