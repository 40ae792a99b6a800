import { copyFrom, h } from './dom.js';

const SAMPLE = [
  '## Small things, well made',
  'A stream is a *promise* kept in small pieces: each one is **worth having**.',
  '| piece | arrives | bytes |', '|:--|:-:|--:|', '| first | at once | 5 |', '| second | a moment later | 7 |', '',
  '1. Ask', '2. Read while it is written', '3. Leave, and come back', '',
  '```python', 'def answer(question: str) -> Iterator[str]:', '    """One token at a time."""', '    for token in model.stream(question):', '        yield token', '```', '',
  '> An answer without an end is a failure, however good it looks.',
].join('\\n').replaceAll('"', '\\"');

const DEMO = [
  { title: 'Remember my name', words: 'What was said before is sent along', message: 'Hello, my name is Ada. What is my name?' },
  { title: 'Tables, lists and code', words: 'Markdown while it is written', message: `/sim rate=70 text="${SAMPLE}"\nShow me a table, a list and some code.` },
  { title: '1,000 tokens a second', words: 'Fast, and smooth all the same', message: '/sim tokens=1000 rate=1000\nCount to a thousand, as fast as you can.' },
  { title: 'Think first', words: 'Reasoning is folded away', message: '/sim rate=60 thinking="The user wants to see how reasoning looks. It comes before the answer, and is folded away once the answer begins. Whoever wants to can open it." text="That was thought through. **Open the thought above** to read it."\nThink before you answer.' },
  { title: 'A reply that breaks off', words: 'Its text is kept; try again', message: '/sim tokens=200 rate=60 cut-after=60\nWrite until the line breaks.' },
  { title: 'A model that is full', words: 'Said clearly, and until when', message: '/sim error=503\nAre you busy?' },
];

const REAL = [
  { title: 'Explain something', words: 'How does TCP notice that a packet was lost?', message: 'How does TCP notice that a packet was lost? Explain it to somebody who knows programming but not networks.' },
  { title: 'Compare', words: 'Three ways to store a tree in SQL, as a table', message: 'Compare three ways to store a tree in a SQL database, as a table, and say when you would choose which.' },
  { title: 'Write', words: 'A friendly reminder of an unpaid bill', message: 'Write a short, friendly reminder of an unpaid bill to a small customer whom we like.' },
  { title: 'Review code', words: 'What is wrong with this function?', message: 'What is wrong with this function, and how would you write it?\n\n```python\ndef add(item, items=[]):\n    items.append(item)\n    return items\n```' },
];

/** What one sees first: what this is, things to press once it is known who answers, and the other ways in. */
export function welcome(element, status, onExample) {
  const demo = status?.demo ?? false;
  const origin = location.origin + location.pathname.replace(/\/(web)?$/, '');
  element.replaceChildren(
    h('div', { class: 'hello' },
      h('h2', {}, 'What would you like to know?'),
      h('p', {}, 'Answers go on when you close this page, and are here when you come back.')),
    demo ? h('p', { class: 'demo-note' }, h('strong', {}, 'This is the demo.'), ' A built-in simulator answers, no model. Set ', h('code', {}, 'GROQ_API_KEY'), ' to talk to one.') : '',
    status ? h('ul', { class: 'examples', 'aria-label': 'Examples to press' },
      ...(demo ? DEMO : REAL).map(({ title, words, message }) =>
        h('li', {}, h('button', { type: 'button', class: 'example', onclick: () => onExample(message, title) }, h('strong', {}, title), h('span', {}, words))))) : '',
    h('section', { class: 'ways', 'aria-labelledby': 'ways' },
      h('h3', { id: 'ways' }, 'Other ways in'),
      h('p', {}, h('a', { href: 'swagger-ui.html', target: '_blank', rel: 'noopener' }, 'Swagger UI'),
        ' has every call with an example that works. ', status?.version ? h('span', { class: 'version' }, `Version ${status.version}`) : ''),
      h('ul', {},
        way('curl', `curl ${origin}/chat -H 'Content-Type: application/json' -d '{"prompt":"Hello!"}'`),
        way('OpenAI SDKs', `base_url = "${origin}/v1"`),
        way('WebSocket', `${origin.replace('http', 'ws')}/ws`))),
  );
}

function way(name, words) {
  return h('li', {}, h('span', { class: 'way-name' }, name), h('code', { tabindex: '0' }, words),
    h('button', { type: 'button', class: 'link', 'aria-label': `Copy ${name}`, onclick: (e) => copyFrom(e.currentTarget, words) }, 'Copy'));
}
