import { Injectable } from '@nestjs/common';
import { AddressKeys } from '../addresses/address-keys.js';
import { AddressTokens } from '../addresses/address-tokens.js';
import { languageOf, type Language } from '../addresses/languages.js';
import { PAGE_WORDS } from '../words/pages/index.js';
import { ChangePreferences } from './change-preferences.js';
import { ConfirmAddress } from './confirm-address.js';
import { ConfirmMember } from './confirm-member.js';
import { confirmAddressPage, confirmMemberPage, unsubscribePage } from './confirm-page.js';
import type { Followed, Follower } from './mail-link.js';
import { paragraph, type Page } from './page-shell.js';
import { preferencesChange, type PreferencesChange } from './preferences-form.js';
import { preferencesPage } from './preferences-page.js';
import { ReadPreferences } from './read-preferences.js';
import { Unsubscribe } from './unsubscribe.js';

export interface PageRequest {
  token: string;
  /** Whether it is a POST: GET and HEAD change nothing, whoever opens the links of a mail to look at them. */
  acts: boolean;
  form: URLSearchParams;
  ip: string;
  acceptLanguage: string | undefined;
}

/** The pages that links in mails lead to. The token is all that it takes: no session, no cookie, no script. */
@Injectable()
export class MailPages {
  constructor(
    private readonly tokens: AddressTokens,
    private readonly keys: AddressKeys,
    private readonly confirmAddress: ConfirmAddress,
    private readonly confirmMember: ConfirmMember,
    private readonly unsubscribes: Unsubscribe,
    private readonly readPreferences: ReadPreferences,
    private readonly changePreferences: ChangePreferences,
  ) {}

  async confirm(request: PageRequest): Promise<Page> {
    const token = this.tokens.read(request.token, 'confirm', 'list');
    const { by, acts } = this.asked(request);
    if (!token) return invalid(by.language);
    if (token.purpose === 'list') {
      const found = await (acts ? this.confirmMember.run(token, by) : this.confirmMember.look(token, by));
      return found ? confirmMemberPage(found, this.tokens.preferencesUrl(found.address)) : invalid(by.language);
    }
    const found = await (acts ? this.confirmAddress.run(token, by) : this.confirmAddress.look(token, by));
    return found ? confirmAddressPage(found, acts, this.tokens.preferencesUrl(found.address)) : invalid(by.language);
  }

  /** What the body says does not matter: `List-Unsubscribe=One-Click` (RFC 8058), an empty form, anything. */
  async unsubscribe(request: PageRequest): Promise<Page> {
    const token = this.tokens.read(request.token, 'unsubscribe', 'mentions', 'all');
    const { by, acts } = this.asked(request);
    const found = token && (await (acts ? this.unsubscribes.run(token, by) : this.unsubscribes.look(token, by)));
    return found ? unsubscribePage(found, acts, this.tokens.preferencesUrl(found.address)) : invalid(by.language);
  }

  async preferences(request: PageRequest): Promise<Page> {
    const token = this.tokens.read(request.token, 'preferences');
    const { by, acts } = this.asked(request);
    if (!token) return invalid(by.language);
    const change = acts ? preferencesChange(request.form) : undefined;
    const changed = change && (await this.changePreferences.run(token, change, by));
    if (changed && change.do === 'new-link') return newLinkSent(changed);
    const found = await this.readPreferences.run(token, by);
    if (!found) return invalid(by.language);
    // A form that the page does not have: it is shown as it is, and nothing was done.
    if (acts && !change) return { ...preferencesPage(found), status: 422 };
    return preferencesPage(found, change && said(found, change));
  }

  private asked({ acts, ip, acceptLanguage }: PageRequest): { by: Follower; acts: boolean } {
    return { by: { language: languageOf(acceptLanguage), network: this.keys.ofNetwork(ip) }, acts };
  }
}

function said({ words }: Followed, change: PreferencesChange): string {
  return change.do === 'unblock' ? words.preferences.unblocked : words.preferences.saved;
}

function newLinkSent({ site, language, words }: Followed): Page {
  const { newLink, newLinkSent: sent } = words.preferences;
  return { status: 200, lang: language, siteName: site.name, title: newLink, body: paragraph(sent, 'said') };
}

function invalid(language: Language): Page {
  const { title, intro } = PAGE_WORDS[language].invalid;
  return { status: 404, lang: language, siteName: null, title, body: paragraph(intro) };
}
