import type { Page } from 'playwright-core';
import { until } from '../support/until.js';
import { commentBy, isLive, Stage, write } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const queue = (console: Page, name: string) => console.getByRole('button', { name: new RegExp(`^${name} `) });

describe('the moderators at work', () => {
  it('hears a report and a notice from the page of the article, and settles both by keyboard', async () => {
    const path = await stage.thread('reported', { moderationMode: 'post' });
    await stage.post('Mallory', 'reported', 'You are all idiots.');
    const [reader, console] = await Promise.all([stage.window(path), stage.moderator()]);
    await isLive(reader);

    await commentBy(reader, 'Mallory').getByRole('button', { name: 'Report' }).press('Enter');
    const report = reader.getByRole('form', { name: 'Report the comment by Mallory' });
    await report.getByRole('button', { name: 'Send report' }).click();
    await report.getByRole('alert').getByText('Choose a reason.').waitFor();
    await report.getByRole('radio', { name: 'Insult or harassment' }).focus();
    await reader.keyboard.press('Space');
    await report.getByRole('textbox', { name: 'Anything to add?' }).fill('Everybody here is meant.');
    await report.getByRole('textbox', { name: 'Your name' }).fill('Ida');
    await reader.keyboard.press('Enter');
    await reader.getByText('Thank you.').waitFor();
    await reader.keyboard.press('Escape');
    const button = commentBy(reader, 'Mallory').getByRole('button', { name: 'Report' }).and(reader.locator(':focus'));
    await button.press('Enter');
    await reader.getByRole('button', { name: 'Send a notice of illegal content' }).press('Enter');
    await reader.getByRole('textbox', { name: 'Which law does it break?' }).fill('§ 185 StGB');
    await reader.getByRole('textbox', { name: 'Why is it illegal?' }).fill('An insult of all readers.');
    await reader.getByRole('textbox', { name: 'Your name' }).fill('Ida Berg');
    await reader.getByRole('textbox', { name: 'Your e-mail address' }).fill('ida@example.org');
    await reader.getByRole('checkbox', { name: /in good faith/ }).check();
    await reader.keyboard.press('Enter');
    await reader.getByText('Your notice has arrived.').waitFor();

    await queue(console, 'Illegal content').getByText('1', { exact: true }).waitFor();
    await console.keyboard.press('2');
    const item = commentBy(console, 'Mallory');
    await item.getByText('Everybody here is meant.').waitFor();
    await item.getByText('An insult of all readers.').waitFor();
    await until(
      async () => (await item.getAttribute('aria-current')) === 'true',
      'the reported comment to be selected',
    );
    await console.keyboard.press('r');
    await console.getByRole('group', { name: 'Reason for rejecting' }).waitFor();
    await console.keyboard.press('1');
    await console.getByText('Rejected: Mallory').waitFor();
    await item.waitFor({ state: 'detached' });
    await commentBy(reader, 'Mallory').waitFor({ state: 'detached' });
    await queue(console, 'Illegal content').getByText('0', { exact: true }).waitFor();
  });

  it('decides on many at once, says which of them had changed meanwhile, and takes it back', async () => {
    await stage.thread('many');
    for (const name of ['One', 'Two', 'Three', 'Four']) await stage.post(name, 'many', `From ${name}.`);
    const console = await stage.moderator();
    await console.keyboard.press('1');
    for (const name of ['One', 'Two', 'Three', 'Four']) await commentBy(console, name).waitFor();
    await console.getByRole('checkbox', { name: 'Mark the comment by One' }).click();
    await console.getByRole('checkbox', { name: 'Mark the comment by Four' }).click({ modifiers: ['Shift'] });
    await console.getByText('4 comments marked').waitFor();
    // While typing, keys are letters.
    await console.getByRole('searchbox', { name: 'Words' }).pressSequentially('as');
    expect(await console.getByText('4 comments marked').isVisible()).toBe(true);
    await console.getByRole('searchbox', { name: 'Words' }).fill('');
    const [second] = (await stage.waiting('many')).filter(({ author }) => author.name === 'Two');
    await console.route('**/moderation/decisions', async (route) => {
      // Between reading and deciding, a colleague was faster.
      await stage.reject(second!);
      await route.continue();
    });
    await commentBy(console, 'One').focus();
    await console.keyboard.press('a');
    await console.getByText('Approved: 3 of 4 comments').waitFor();
    await commentBy(console, 'Two')
      .getByText(/Not applied|Dealt with elsewhere/)
      .waitFor();
    for (const name of ['One', 'Three', 'Four']) await commentBy(console, name).waitFor({ state: 'detached' });
    await console.keyboard.press('u');
    await console.getByText(/^Undone\./).waitFor();
    await until(async () => (await stage.waiting('many')).length === 3, 'three to wait again');
    const names = (await stage.waiting('many')).map(({ author }) => author.name);
    expect(names.sort()).toEqual(['Four', 'One', 'Three']);
  });

  it('suspends the author, whom the page then tells so, and lifts it again', async () => {
    const path = await stage.thread('suspending');
    const [reader, console] = await Promise.all([stage.window(path), stage.moderator()]);
    await isLive(reader);
    await write(reader, 'Your comment', 'The first', 'Trudy');
    await commentBy(console, 'Trudy').waitFor();
    await commentBy(console, 'Trudy').getByRole('button', { name: 'Trudy', exact: true }).press('Enter');
    const form = console.getByRole('form', { name: 'A new sanction' });
    await form.getByRole('combobox', { name: 'What' }).selectOption('suspend');
    await form.getByRole('combobox', { name: 'For how long' }).selectOption('3');
    await form.getByRole('textbox', { name: 'Explanation' }).fill('Come back when you are calm.');
    await console.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Place sanction' }).press('Enter');
    await console.getByText('Placed on Trudy: suspend').waitFor();
    await write(reader, 'Your comment', 'The second');
    await reader.getByRole('alert').getByText('Come back when you are calm.').waitFor();

    await console.getByRole('button', { name: 'Lift', exact: true }).press('Enter');
    await console.getByRole('button', { name: 'Lift it' }).press('Enter');
    await console.getByText('The sanction is lifted.').waitFor();
    await write(reader, 'Your comment', 'The second');
    await commentBy(reader, 'Trudy').getByText('The second').waitFor();
  });
});
