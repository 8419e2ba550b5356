import { ApiError, errorLines } from '../shared/api-client.js';
import type { Staff } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import './console.css';
import { Shell } from './shell.js';
import { signInView } from './sign-in-view.js';
import { StaffApi } from './staff-api.js';

const api = new StaffApi();
let shell: Shell | undefined;

/** Who still has the cookie goes on; everybody else signs in. */
async function start(): Promise<void> {
  try {
    const { staff } = await api.whoAmI();
    await work(staff, undefined);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) showSignIn();
    else document.body.replaceChildren(h('main', { class: 'sign-in', role: 'alert' }, ...errorLines(error)));
  }
}

function showSignIn(): void {
  const submit = async (email: string, password: string) => {
    const { staff, token } = await api.signIn(email, password);
    await work(staff, token);
  };
  document.body.replaceChildren(signInView(submit));
}

/** @param token Kept in memory only, for the socket. */
async function work(staff: Staff, token: string | undefined, wanted?: string): Promise<void> {
  const { items: sites } = await api.sites();
  const site = sites.find(({ key }) => key === wanted) ?? sites[0];
  if (site === undefined) {
    document.body.replaceChildren(h('main', { class: 'sign-in' }, h('p', {}, 'You have no role on any site.')));
    return;
  }
  const { items: reasons } = await api.reasons();
  shell?.stop();
  shell = new Shell({
    api,
    staff,
    token,
    sites,
    site,
    reasons,
    pickSite: (key) => void work(staff, token, key),
    signOut: () => void signOut(),
  });
  document.body.replaceChildren(shell.element);
  await shell.visit();
}

async function signOut(): Promise<void> {
  shell?.stop();
  shell = undefined;
  await api.signOut().catch(() => undefined);
  showSignIn();
}

void start();
