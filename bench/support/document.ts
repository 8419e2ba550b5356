/** The page `docs/benchmarks.md`, written by a whole run. */
export function documentOf(machine: string, table: string): string {
  return `# Measurements

Written by \`npm run bench -- --write\`. Each figure stands beside a bare server that ran in turns with Postil on the same
machine, the same Node and the same PostgreSQL with the same settings of durability: \`node:http\` with the same bytes,
\`node:http\` and \`pg\` with the same rows, \`ws\` with the same frames. The ratio is the median of the rounds, its range
in brackets; where the bare side alone differs by more than twice between rounds, there is no verdict. Clients, servers and
PostgreSQL share the processors, so absolute figures are what this one machine does; the ratios carry further.

${machine}

${table}
`;
}
