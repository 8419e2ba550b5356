/** Imports point one way, from the first of these layers to the last; modules of one layer do not know each other. */
const LAYERS = [
  ['transfer', 'webhooks', 'live', 'notifications'],
  ['moderation'],
  ['threads'],
  ['screening', 'identity'],
  ['sites'],
  ['platform'],
];
const MODULES = LAYERS.flat().filter((name) => name !== 'platform');
/** What stands directly in src/ composes the modules. */
const COMPOSITION = '^src/([^/]+[.]ts$|api-docs/)';

const within = (names) => `^src/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...LAYERS.flatMap((layer, level) =>
      layer.map((name) => ({
        name: `${name}-points-up`,
        comment:
          'DESIGN: transfer, webhooks, live, notifications → moderation → threads → screening, identity → sites → platform',
        severity: 'error',
        from: { path: within([name]) },
        to: {
          path: [
            within(
              LAYERS.slice(0, level + 1)
                .flat()
                .filter((other) => other !== name),
            ),
            COMPOSITION,
          ],
        },
      })),
    ),
    {
      name: 'screening-is-pure',
      comment: 'Rules over plain values: the site’s settings are all that screening knows of other modules',
      severity: 'error',
      from: { path: '^src/screening/' },
      to: { path: ['^src/platform/', '(^|/)node_modules/(typeorm|pg|@nestjs)/'] },
    },
    {
      name: 'past-the-door',
      comment: 'A module is entered by its index.ts alone',
      severity: 'error',
      from: { path: '^src/([^/]+)', pathNot: '[.]spec[.]ts$' },
      to: { path: `${within(MODULES)}(?!index[.]ts$)`, pathNot: '^src/$1/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'web-knows-only-the-api',
      comment: 'The pages know the server by the types generated from its documents',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|migrations)/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(src|web|migrations)/', pathNot: '[.]spec[.]ts$' },
      to: { path: ['^(test|bench)/', '[.]spec[.]ts$'] },
    },
    {
      name: 'not-in-package-json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'development-only',
      comment: 'What runs in production may not need what is not installed there',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '[.]spec[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)generated/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
