import type { Page } from 'playwright-core';
import { until } from '../support/until.js';
import { commentBy, isLive, Stage, write } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const gone = (page: Page) => page.getByRole('article', { name: 'A comment that is gone' });
const held = (page: Page, name: string) => commentBy(page, name).getByText('Waiting for review');

describe('a thread whose comments wait for a moderator', () => {
  it('takes a comment from one window, is decided in another by keyboard, and shows it in a third', async () => {
    const [ada, ben, console] = await Promise.all([stage.window('/'), stage.window('/'), stage.moderator()]);
    await write(ada, 'Your comment', 'The **last** bus left at nine.', 'Ada');
    await held(ada, 'Ada').waitFor();
    await ada.reload();
    await held(ada, 'Ada').waitFor();
    expect(await ada.getByText('Your name').isVisible()).toBe(false);

    const bar = ben.getByRole('button', { name: '1 new comment' });
    await ben.getByText('No comments yet.').waitFor();
    await ben.getByRole('textbox', { name: 'Your comment' }).focus();
    const before = await placeOf(ben);
    await commentBy(console, 'Ada').waitFor();
    await console.keyboard.press('a');
    await console.getByText('Approved: Ada').waitFor();
    await bar.waitFor();
    expect(await commentBy(ben, 'Ada').count()).toBe(0);
    expect(await placeOf(ben)).toEqual(before);
    await bar.click();
    await commentBy(ben, 'Ada').waitFor();
    expect(await commentBy(ben, 'Ada').locator('strong').textContent()).toBe('last');
    await held(ada, 'Ada').waitFor({ state: 'hidden' });

    await commentBy(ben, 'Ada').getByRole('button', { name: 'Vote up' }).click();
    await ben.getByRole('textbox', { name: 'Your name' }).and(ben.locator(':focus')).fill('Ben');
    await ben.keyboard.press('Enter');
    await commentBy(ben, 'Ada').getByRole('button', { name: 'Vote up, 1 vote', pressed: true }).waitFor();
    await commentBy(ada, 'Ada').getByRole('button', { name: 'Vote up, 1 vote', pressed: false }).waitFor();

    await commentBy(ben, 'Ada').getByRole('button', { name: 'Reply' }).click();
    await write(ben, 'Your reply to Ada', 'At ten, surely.');
    await held(ben, 'Ben').waitFor();

    await commentBy(ada, 'Ada').getByRole('button', { name: 'Edit' }).click();
    expect(await ada.getByRole('textbox', { name: 'Edit your comment' }).inputValue()).toBe(
      'The **last** bus left at nine.',
    );
    await write(ada, 'Edit your comment', 'The last bus left at *ten*.');
    await held(ada, 'Ada').waitFor();
    await gone(ben).waitFor();

    await console.keyboard.press('k');
    await commentBy(console, 'Ada').waitFor();
    await select(console, 'Ada');
    await console.keyboard.press('a');
    await commentBy(ben, 'Ada').getByText('edited').waitFor();
    expect(await commentBy(ben, 'Ada').locator('em').textContent()).toBe('ten');

    await select(console, 'Ben');
    await console.keyboard.press('r');
    await console.getByRole('group', { name: 'Reason for rejecting' }).waitFor();
    await console.keyboard.press('1');
    await console.getByText('Rejected: Ben').waitFor();
    // What was never public is no event; its author learns of it when the page is read again.
    await ben.reload();
    await commentBy(ben, 'Ben').getByText('Rejected').waitFor();
    await console.keyboard.press('u');
    await console.getByText('Undone.').waitFor();
    await ben.reload();
    await held(ben, 'Ben').waitFor();

    await commentBy(ada, 'Ada').getByRole('button', { name: 'Delete' }).click();
    await ada.getByRole('group', { name: 'Delete this comment?' }).getByRole('button', { name: 'Delete' }).click();
    await commentBy(ada, 'Ada').waitFor({ state: 'hidden' });
    await gone(ben).waitFor();
  });

  it('shows live what is taken down from a thread that needs no approval, and its return', async () => {
    const path = await stage.thread('open-house', { moderationMode: 'post' });
    const [cleo, dan, console] = await Promise.all([stage.window(path), stage.window(path), stage.moderator()]);
    await dan.getByText('No comments yet.').waitFor();
    await isLive(dan);
    await write(cleo, 'Your comment', 'Buy my watches', 'Cleo');
    await dan.getByRole('button', { name: '1 new comment' }).click();
    await commentBy(dan, 'Cleo').waitFor();

    await console.getByRole('button', { name: 'Unmoderated' }).press('Enter');
    await select(console, 'Cleo');
    await console.keyboard.press('s');
    await gone(dan).waitFor();
    await commentBy(cleo, 'Cleo').getByText('Rejected').waitFor();
    await console.getByText('Marked as spam: Cleo').waitFor();
    await console.keyboard.press('u');
    await commentBy(dan, 'Cleo').waitFor();
  });
});

/** Goes to the comment with the arrow-like keys alone. */
async function select(console: Page, name: string): Promise<void> {
  const item = commentBy(console, name);
  await item.waitFor();
  for (const key of ['k', 'j']) {
    for (let n = 0; n < 5 && !(await isCurrent(console, name)); n++) await console.keyboard.press(key);
  }
  await until(() => isCurrent(console, name), `${name} to be selected`);
}

const isCurrent = async (console: Page, name: string): Promise<boolean> =>
  (await commentBy(console, name).getAttribute('aria-current')) === 'true';

/** Where what is being read stands: the form and the scroll position. */
const placeOf = async (page: Page) => ({
  form: await page.getByRole('form', { name: 'Your comment' }).boundingBox(),
  scroll: await page.evaluate<number>('scrollY'),
  focus: await page.getByRole('textbox', { name: 'Your comment' }).evaluate((field) => field.matches(':focus')),
});
