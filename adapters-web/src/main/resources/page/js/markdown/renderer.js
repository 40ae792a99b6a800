/**
 * Markdown to nodes. What a model says is hostile until shown otherwise: raw HTML stays text,
 * links lead only where one can see, nothing is loaded, and DOMPurify has the last word.
 */
const { DOMPurify, hljs, markdownit } = globalThis;

const LINKS = /^(https?:\/\/|mailto:)/i;
/** Beyond it a text is shown as it is: nobody reads it as prose, and a browser takes long for it. */
const LONGEST_BLOCK = 200_000;
const LONGEST_LINKIFIED = 20_000;
const LONGEST_HIGHLIGHTED = 40_000;
const MOST_ELEMENTS = 15_000;
/** Characters that change how others are ordered on the screen: in code they can hide what it does. */
const ORDERING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

const md = markdownit({ html: false, linkify: true, breaks: false, maxNesting: 24 });
md.validateLink = (address) => LINKS.test(address.trim());
md.renderer.rules.image = (tokens, at) => {
  const token = tokens[at];
  const source = md.utils.escapeHtml(token.attrGet('src') ?? '');
  const words = md.utils.escapeHtml(token.content || 'picture');
  return `<a class="picture" href="${source}">${words}</a>`;
};
md.renderer.rules.fence = (tokens, at) => code(tokens[at].content, tokens[at].info.trim().split(/\s+/)[0]);
md.renderer.rules.code_block = (tokens, at) => code(tokens[at].content, '');
md.renderer.rules.table_open = () => '<div class="table"><table>';
md.renderer.rules.table_close = () => '</table></div>';
for (const rule of ['th_open', 'td_open']) {
  md.renderer.rules[rule] = (tokens, at) => {
    const side = /text-align:(left|right|center)/.exec(tokens[at].attrGet('style') ?? '')?.[1];
    return side ? `<${tokens[at].tag} class="to-${side}">` : `<${tokens[at].tag}>`;
  };
}

function code(text, language) {
  const name = /^[\w+#.-]{1,20}$/.test(language) ? language : '';
  return `<pre class="block" lang="${name}"><code>${md.utils.escapeHtml(text)}</code></pre>`;
}

const TAGS =
  'a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul'.split(' ');
const PROSE = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ['class', 'href', 'lang', 'start', 'title'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: LINKS,
  // Without these, the rule for addresses would hold for their values, too.
  ADD_URI_SAFE_ATTR: ['lang', 'start'],
  RETURN_DOM_FRAGMENT: true,
};
const CODE = { ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'], ALLOW_DATA_ATTR: false, RETURN_DOM_FRAGMENT: true };

/** A text's blocks, as Markdown sees them. `env` keeps link definitions from block to block. */
export function parse(text, env) {
  md.set({ linkify: text.length < LONGEST_LINKIFIED });
  return md.parse(text, env);
}

/** Whether a text is better left as it is. */
export function tooLong(text) {
  return text.length > LONGEST_BLOCK;
}

/**
 * Nodes for some blocks.
 *
 * @param live whether they may still grow: then what takes long is left for later
 */
export function render(tokens, env, live) {
  const html = md.renderer.render(tokens, md.options, env);
  const fragment = DOMPurify.sanitize(html, PROSE);
  if (fragment.querySelectorAll('*').length > MOST_ELEMENTS) return undefined;
  for (const link of fragment.querySelectorAll('a')) safeLink(link);
  for (const table of fragment.querySelectorAll('.table')) scrollable(table, 'Table');
  for (const pre of fragment.querySelectorAll('pre')) block(pre, live);
  return fragment;
}

/** A text as it is. */
export function plain(text) {
  const element = document.createElement('div');
  element.className = 'plain';
  element.textContent = text;
  return element;
}

function safeLink(link) {
  if (!link.hasAttribute('href')) return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.title = link.href;
}

function scrollable(element, name) {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', name);
}

function block(pre, live) {
  const inner = pre.firstElementChild;
  const language = pre.lang;
  pre.removeAttribute('lang');
  if (!live) highlight(inner, language);
  if (ORDERING.test(inner.textContent)) reveal(inner);
  scrollable(pre, language ? `Code, ${language}` : 'Code');
  const holder = document.createElement('div');
  holder.className = 'code';
  const head = document.createElement('div');
  head.className = 'code-head';
  const label = document.createElement('span');
  label.textContent = language || 'text';
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'copy-code';
  copy.textContent = 'Copy';
  head.append(label, copy);
  pre.replaceWith(holder);
  holder.append(head, pre);
}

function highlight(element, language) {
  const text = element.textContent;
  if (!hljs.getLanguage(language) || text.length > LONGEST_HIGHLIGHTED) return;
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  element.replaceChildren(DOMPurify.sanitize(value, CODE));
}

/** Shows the characters that would order others, in their place. */
function reveal(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (ORDERING.test(texts.currentNode.data)) found.push(texts.currentNode);
  for (const text of found) {
    text.replaceWith(...text.data.split(new RegExp(`(${ORDERING.source})`)).map((part) => (ORDERING.test(part) ? mark(part) : part)));
  }
}

function mark(character) {
  const name = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const element = document.createElement('span');
  element.className = 'ordering';
  element.title = `${name}: changes the order of what follows on the screen`;
  element.dataset.name = name;
  element.textContent = character;
  return element;
}
