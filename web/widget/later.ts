/**
 * What few readers need stands in files of their own beside embed.js, and is loaded when it is needed. They are changed
 * together with it, and cached as long.
 */
interface Later {
  newsletter: typeof import('./newsletter/newsletter-box.js');
  inbox: typeof import('./inbox/inbox.js');
  mentions: typeof import('./mention/mention-list.js');
}

export function load<Name extends keyof Later>(origin: string, name: Name): Promise<Later[Name]> {
  return import(/* @vite-ignore */ `${origin}/embed-${name}.js`) as Promise<Later[Name]>;
}
