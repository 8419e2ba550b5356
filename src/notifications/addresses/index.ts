import { ExportList } from '../mailing-list/export-list.js';
import { JoinList } from '../mailing-list/join-list.js';
import { ListConsents } from '../mailing-list/list-consents.js';
import { ListFacts } from '../mailing-list/list-facts.js';
import { ListLists } from '../mailing-list/list-lists.js';
import { MailingLists } from '../mailing-list/mailing-lists.js';
import { MailingListsController } from '../mailing-list/mailing-lists.controller.js';
import { SaveList } from '../mailing-list/save-list.js';
import { TakeListAsk } from '../mailing-list/take-list-ask.js';
import { PlainAsks } from '../plain/plain-asks.js';
import { ChangePreferences } from '../preferences/change-preferences.js';
import { ConfirmAddress } from '../preferences/confirm-address.js';
import { ConfirmMember } from '../preferences/confirm-member.js';
import { MailLink } from '../preferences/mail-link.js';
import { MailPages } from '../preferences/mail-pages.js';
import { ReadPreferences } from '../preferences/read-preferences.js';
import { Unsubscribe } from '../preferences/unsubscribe.js';
import { EndSubscription } from '../subscriptions/end-subscription.js';
import { Subscribe } from '../subscriptions/subscribe.js';
import { SubscriptionsController } from '../subscriptions/subscriptions.controller.js';
import { SubscriptionsOfThreads } from '../subscriptions/subscriptions-of-threads.js';
import { TakeSubscription } from '../subscriptions/take-subscription.js';
import { AddressKeys } from './address-keys.js';
import { AddressMailsComposer } from './address-mails.composer.js';
import { AddressTokens } from './address-tokens.js';
import { AddressWork } from './address-work.js';
import { Asks } from './asks.js';
import { Confirmations } from './confirmations.js';
import { ForgetAddresses } from './forget-addresses.js';
import { TakeAsks } from './take-asks.js';

/** Of the notifications module: who wants mails, and what about. */
export const ADDRESS_CONTROLLERS = [SubscriptionsController, MailingListsController];
export const ADDRESS_PROVIDERS = [
  AddressKeys,
  AddressMailsComposer,
  AddressTokens,
  AddressWork,
  Asks,
  ChangePreferences,
  ConfirmAddress,
  ConfirmMember,
  Confirmations,
  EndSubscription,
  ExportList,
  ForgetAddresses,
  JoinList,
  ListConsents,
  ListFacts,
  ListLists,
  MailingLists,
  MailLink,
  MailPages,
  PlainAsks,
  ReadPreferences,
  SaveList,
  Subscribe,
  SubscriptionsOfThreads,
  TakeAsks,
  TakeListAsk,
  TakeSubscription,
  Unsubscribe,
];
