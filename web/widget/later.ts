/**
 * What few readers need stands in files of their own beside embed.js, and is loaded when it is needed. They are changed
 * together with it, and cached as long.
 */
interface Later {
  newsletter: typeof import('./newsletter/newsletter-box.js');
  inbox: typeof import('./inbox/inbox.js');
  mentions: typeof import('./mention/mention-list.js');
}

/** How often each could not be loaded. */
const failures = new Map<string, number>();

/** A failure may be remembered by the browser, for the same address, as long as the page is open: each attempt has its own. */
export async function load<Name extends keyof Later>(origin: string, name: Name): Promise<Later[Name]> {
  const failed = failures.get(name) ?? 0;
  const again = failed === 0 ? '' : `?again=${failed}`;
  try {
    return (await import(/* @vite-ignore */ `${origin}/embed-${name}.js${again}`)) as Later[Name];
  } catch (error) {
    failures.set(name, failed + 1);
    throw error;
  }
}
