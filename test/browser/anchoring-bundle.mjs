// Prints anchoring-page.ts as one plain script. A process of its own: Vite's bundler, which is native code, does not
// know the objects of the realm that Jest runs suites in.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const { output } = await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: {
    write: false,
    target: 'es2022',
    minify: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('anchoring-page.ts', import.meta.url)),
      output: { format: 'iife' },
    },
  },
});
process.stdout.write(output[0].code);
