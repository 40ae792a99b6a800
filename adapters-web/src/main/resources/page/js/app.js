/** Puts the page together: who listens to whom. */
import { Conversation } from './model/conversation.js';
import { Library } from './model/library.js';
import { Tabs } from './model/tabs.js';
import { Api } from './net/api.js';
import { Connection } from './net/connection.js';
import { Keyring } from './net/keyring.js';
import { ConnectionLost } from './net/problem.js';
import { Symptoms } from './net/symptoms.js';
import { Announcer } from './view/announcer.js';
import { Badge } from './view/badge.js';
import { Banner } from './view/banner.js';
import { Composer } from './view/composer.js';
import { showDetails } from './view/details.js';
import { copyFrom } from './view/dom.js';
import { askForKey, askForSettings } from './view/forms.js';
import { ListView } from './view/list-view.js';
import { Models } from './view/models.js';
import { listenToKeys, showShortcuts } from './view/shortcuts.js';
import { dressStatics, Side } from './view/side.js';
import { nextTheme, themeLabel } from './view/theme.js';
import { ThreadView } from './view/thread-view.js';
import { welcome } from './view/welcome.js';

const byId = (id) => document.getElementById(id);
const parts = new Proxy({}, { get: (_, id) => byId(id.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)) });

const api = new Api(new Keyring(askForKey));
const connection = new Connection(api);
const symptoms = new Symptoms();
const service = { api, connection, symptoms };
const library = new Library(api);
const tabs = new Tabs();
const announcer = new Announcer(parts.announcer);
const banner = new Banner(parts.banner);
const side = new Side(parts);
const models = new Models(parts.model);

let current = new Conversation(service);
/** Those in which something is being written: they go on where they are when one comes back to them. */
const busy = new Map();
let status;

const thread = new ThreadView({ scroller: parts.scroller, list: parts.thread, jump: parts.jump }, {
  again: (turn) => current.again(turn, { model: models.chosen }),
  edit: (turn) => composer.edit(turn),
  details: (turn) => showDetails(api, current.id, turn),
});
const composer = new Composer(parts, {
  send: (message) => send(message),
  resend: (turn, message) => said(current.again(turn, { message, model: models.chosen })),
  stop,
  editLast: () => current.last && !current.running && (composer.edit(current.shown.at(-1).turn), true),
});
const list = new ListView(parts, library, {
  removed: (id) => {
    tabs.tell('list');
    if (id === current.id) go('#/');
  },
  renamed: (id, title) => {
    tabs.tell('list');
    if (id !== current.id) return;
    current.title = title;
    draw();
  },
  trouble,
});
new Badge([parts.badge, parts.badgeNarrow], connection, symptoms);

/** Says something in the current conversation, which thereby has an address. */
function send(message) {
  if (current.lost) show(new Conversation(service));
  said(current.send(message, { model: models.chosen }));
}

/** Begins with an example: in a conversation that is called as it is. */
async function sendExample(message, title) {
  const conversation = current;
  if (conversation.beginning || conversation.turns.length > 0) return;
  conversation.beginning = true;
  await conversation.begin(title).catch(() => {});
  if (conversation === current) send(message);
}

function said() {
  thread.toEnd();
  const address = addressOf(current.id);
  if (location.hash !== address) history.pushState(null, '', address);
  list.current = current.id;
}

async function stop() {
  await current.stop().catch(trouble);
}

function addressOf(id) {
  return `#/c/${encodeURIComponent(id)}`;
}

/** Where drafts are kept: one that has no address yet is the new one. */
function placeOf(conversation) {
  return conversation.stored ? conversation.id : 'new';
}

function go(hash) {
  if (location.hash === hash) open();
  else location.hash = hash;
}

/** Opens what the address names. */
async function open() {
  const id = /^#\/c\/([^/]+)$/.exec(location.hash)?.[1];
  const wanted = id && decoded(id);
  side.close();
  if (wanted && wanted === current.id) return;
  const known = busy.get(wanted);
  show(known ?? new Conversation(service, wanted));
  // One that was left may have gone on, and is followed again by being read.
  if (wanted) await load();
}

/** An address that somebody has damaged is taken as it stands: it leads nowhere, and that is said. */
function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function show(conversation) {
  current.leave();
  current = conversation;
  conversation.heard ||= listenTo(conversation);
  banner.hide();
  composer.open(placeOf(conversation));
  thread.show(conversation);
  list.current = conversation.id;
  draw();
  if (matchMedia('(hover: hover)').matches) composer.focus();
}

function listenTo(conversation) {
  const mine = (act) => (e) => conversation === current && act(e);
  conversation.addEventListener('change', mine(draw));
  conversation.addEventListener('lost', mine(lost));
  conversation.addEventListener('turn', (e) => turned(conversation, e.detail));
  return true;
}

async function load() {
  const conversation = current;
  try {
    await conversation.load();
    if (!conversation.running) busy.delete(conversation.id);
    if (conversation === current) banner.hide();
  } catch (e) {
    if (conversation !== current) return;
    if (e.status === 404) lost();
    else banner.show('bad', e instanceof ConnectionLost ? 'The service cannot be reached. This conversation is shown as soon as it is back.' : `${e.title}. ${e.detail}`,
      { words: 'Try again', act: load });
  }
}

function lost() {
  current.lost = true;
  if (current.turns.length > 0) {
    banner.show('bad', 'The service does not have this conversation any more: it was deleted or forgotten, or the service, which keeps conversations in memory, was restarted. This is this tab’s copy.',
      { words: 'Copy it', act: (e) => copyFrom(e.currentTarget, current.asMarkdown) }, { words: 'New conversation', act: () => go('#/') });
  } else {
    banner.show('bad', 'There is no such conversation. It was deleted or forgotten, or belongs to somebody else.', { words: 'New conversation', act: () => go('#/') });
  }
  draw();
}

/** A turn has begun or ended, perhaps of a conversation that is not in sight. */
function turned(conversation, turn) {
  if (conversation.running) busy.set(conversation.id, conversation);
  else busy.delete(conversation.id);
  if (turn.id) composer.forget(turn.message, [conversation.id, 'new']);
  if (conversation === current) {
    composer.place = placeOf(conversation);
    announcer.turn(turn);
    draw();
  }
  tabs.tell('turn', { conversation: conversation.id, turn: turn.id, status: turn.status });
  library.load().catch(() => {});
}

function draw() {
  const item = library.items.find((it) => it.id === current.id);
  const empty = current.turns.length === 0 && !current.stored;
  const title = item?.title || current.title || (empty ? 'New conversation' : 'Untitled');
  parts.title.textContent = title;
  document.title = empty ? 'Groq Chat' : `${title} – Groq Chat`;
  parts.welcome.hidden = !empty;
  composer.running = Boolean(current.running);
  thread.update();
}

async function settings() {
  const conversation = current;
  const system = await askForSettings(conversation, status);
  if (system === undefined) return;
  await conversation.instruct(system).then(() => {
    if (conversation === current) {
      history.replaceState(null, '', addressOf(conversation.id));
      composer.place = placeOf(conversation);
    }
    announcer.say('The instructions are set.');
    return library.load();
  }).catch(trouble);
}

/** Something that was asked for did not work out. */
function trouble(e) {
  const words = e instanceof ConnectionLost ? 'The service cannot be reached just now.' : `${e.title ?? 'Something went wrong'}. ${e.detail ?? ''} ${e.advice ?? ''}`;
  banner.show('bad', words, { words: 'Close', act: () => banner.hide() });
}

/** Reads again what may have changed while nobody looked. */
async function refresh() {
  await library.load().catch(() => {});
  if (!status) await learn();
  if (current.stored && !current.lost) await load();
}

async function learn() {
  try {
    know(await api.status());
    const offered = await api.models();
    // A service with keys says more to those who have one: by now we have.
    if (!status.model) know(await api.status());
    models.offer(offered, status.model);
  } catch (e) {
    if (!(e instanceof ConnectionLost)) trouble(e);
  }
}

function know(told) {
  status = told;
  parts.demo.hidden = !told.demo;
  if (told.limits) composer.limit = told.limits.max_message_length;
  welcome(parts.welcome, told, sendExample);
}

connection.addEventListener('back', refresh);
connection.addEventListener('change', () => {
  if (!connection.online) announcer.say(connection.state === 'offline' ? 'You are offline.' : 'The connection is lost.');
});
document.addEventListener('visibilitychange', () => document.hidden || refresh());
tabs.addEventListener('turn', ({ detail }) => {
  library.load().catch(() => {});
  if (detail.conversation === current.id && detail.turn) current.join(detail.turn).catch(() => {});
});
tabs.addEventListener('list', () => library.load().catch(() => {}));
library.addEventListener('change', draw);
window.addEventListener('hashchange', open);

parts.thread.addEventListener('click', ({ target, clientX, clientY }) => {
  // A block that grows is drawn anew, perhaps between pressing and letting go: then what is there now is meant.
  const button = target.closest('.copy-code') ?? document.elementFromPoint(clientX, clientY)?.closest('.copy-code');
  if (button) copyFrom(button, button.closest('.code').querySelector('code').textContent);
});

function changeTheme() {
  nextTheme();
  nameTheme();
  announcer.say(parts.theme.title);
}

function nameTheme() {
  parts.theme.title = `Theme: ${themeLabel()}`;
  parts.theme.setAttribute('aria-description', parts.theme.title);
}

dressStatics(parts, { fresh: () => go('#/'), settings, help: showShortcuts, theme: changeTheme });
nameTheme();
listenToKeys({
  '?': showShortcuts,
  '/': () => composer.focus(),
  n: () => go('#/'),
  s: () => side.search(),
  m: () => parts.model.focus(),
  t: changeTheme,
  End: () => thread.toEnd(),
  Escape: ({ target }) => side.close() || (target.matches('input, select') ? false : composer.leave() || (current.running && stop())),
});

welcome(parts.welcome, undefined, sendExample);
show(current);
connection.probe();
learn();
library.load().catch(() => {});
if (location.hash.startsWith('#/c/')) open();
