import type { Notification } from '../../shared/api-types.js';
import { lineOf, linkOf } from './line-of.js';

/** The part of a service worker's world that this one needs; TypeScript knows it in a library that excludes the page's. */
interface Worker {
  registration: { showNotification(title: string, options: object): Promise<void> };
  clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(type: 'push', listener: (event: Waiting & { data: { json(): Notification } | null }) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Waiting & { notification: Shown }) => void): void;
}
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}
interface Shown {
  data: { url: string };
  close(): void;
}

const worker = self as unknown as Worker;

worker.addEventListener('push', (event) => {
  const notification = event.data?.json();
  if (!notification) return;
  const { id, comment, thread } = notification;
  const body = comment?.excerpt ?? thread?.title ?? '';
  // Pushed twice it is shown once: the tag says which it is.
  const options = { body, tag: id, data: { url: linkOf(notification) ?? '/' } };
  event.waitUntil(worker.registration.showNotification(lineOf(notification), options));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow(event.notification.data.url));
});
