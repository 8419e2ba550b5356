import { createRequire, findSourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';
import './typescript-hooks.mjs';

const require = createRequire(import.meta.url);
const runWithCircus = require('jest-circus/runner').default;

process.setSourceMapsEnabled(true);

/**
 * Jest's own test framework with one difference: Node itself loads the spec files and what they import, so that a
 * worker loads Nest, TypeORM and our modules once and not for each file (docs/decisions/027). Jest's way, fresh modules
 * for each file, is what coverage needs, and watching.
 */
export default async function runSpec(globalConfig, config, environment, runtime, testPath, ...rest) {
  if (globalConfig.collectCoverage || globalConfig.watch || globalConfig.watchAll) {
    return runWithCircus(globalConfig, config, environment, runtime, testPath, ...rest);
  }
  const { prepareStackTrace } = Error;
  const { console } = globalThis;
  Error.prepareStackTrace = mapped;
  globalThis.console = environment.global.console;
  try {
    return await runWithCircus(globalConfig, config, { global: globalThis }, nodeRuntime(), testPath, ...rest);
  } finally {
    globalThis.console = console;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** What the framework asks of a runtime, answered by Node. */
function nodeRuntime() {
  const nothing = () => undefined;
  return {
    // A module of the framework holds the tests of one file: each file has its own.
    requireInternalModule(path) {
      delete globalThis[Symbol.for('EVENT_HANDLERS')];
      delete require.cache[path];
      return require(path);
    },
    requireModule: require,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(pathToFileURL(path).href),
    setGlobalsForRuntime: nothing,
    enterTestCode: nothing,
    leaveTestCode: nothing,
  };
}

/** A stack with the lines of the sources: Jest's own knows only of files that Jest has loaded. */
function mapped(error, frames) {
  const lines = frames
    .filter((frame) => frame.getScriptNameOrSourceURL() !== import.meta.url)
    .map((frame) => {
      const text = String(frame).replace('file://', '');
      const map = text.includes('/node_modules/') ? undefined : findSourceMap(frame.getScriptNameOrSourceURL() ?? '');
      const origin = map?.findOrigin(frame.getLineNumber(), frame.getColumnNumber());
      return origin?.lineNumber
        ? text.replace(/:\d+:\d+(?=\)?$)/, `:${origin.lineNumber}:${origin.columnNumber}`)
        : text;
    });
  return [Error.prototype.toString.call(error), ...lines].join('\n    at ');
}
