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

/** What is loaded later is one file each: there is nothing to preload, and no `import.meta` in a plain script. */
const plainImport = {
  name: 'postil-plain-import',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/**
 * The widget is a plain script, without imports, for any page; so it is a build of its own, into the same folder. What it
 * loads later are modules beside it.
 */
const EMBEDDED = {
  'embed.js': ['./widget/main.ts', 'iife'],
  'embed-inbox.js': ['./widget/inbox/inbox.ts', 'es'],
  'embed-mentions.js': ['./widget/mention/mention-list.ts', 'es'],
  'push-worker.js': ['./widget/inbox/push-worker.ts', 'iife'],
  'embed-newsletter.js': ['./widget/newsletter/newsletter-box.ts', 'es'],
};
let outDir = '';
const widget = {
  name: 'postil-widget',
  configResolved(config) {
    outDir = config.build.outDir;
  },
  async closeBundle() {
    for (const [entryFileNames, [input, format]] of Object.entries(EMBEDDED)) {
      await build({
        root,
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        plugins: [plainImport],
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          reportCompressedSize: false,
          rolldownOptions: {
            input: fileURLToPath(new URL(input, import.meta.url)),
            preserveEntrySignatures: 'strict',
            output: { format, entryFileNames },
          },
        },
      });
    }
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
