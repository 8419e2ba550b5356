import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const articleFile = fileURLToPath(new URL('./demo/article.html', import.meta.url));

/** Puts the article into the demo page, and beside it for the server, which takes its first revision from there. */
const article = {
  name: 'postil-article',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('<!-- article -->', () => readFileSync(articleFile, 'utf8')),
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'article.html', source: readFileSync(articleFile, 'utf8') });
  },
};

/** The widget is a plain script, without imports, for any page; so it is a build of its own, into the same folder. */
let outDir = '';
const widget = {
  name: 'postil-widget',
  configResolved(config) {
    outDir = config.build.outDir;
  },
  async closeBundle() {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        reportCompressedSize: false,
        rolldownOptions: {
          input: fileURLToPath(new URL('./widget/main.ts', import.meta.url)),
          output: { format: 'iife', entryFileNames: 'embed.js' },
        },
      },
    });
  },
};

export default defineConfig({
  root,
  publicDir: false,
  plugins: [article, widget],
  build: {
    outDir: fileURLToPath(new URL('../dist/web/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: { input: [`${root}index.html`, `${root}console.html`] },
  },
});
