// Asks every question that comes on stdin (a JSON array), all at once, and prints what each SDK made of it, a line each.
// What is right is said elsewhere, in one place for all languages: SdkMatrixIT.
import { text } from 'node:stream/consumers';
import * as openai from './openai.mjs';
import * as aiSdk from './ai-sdk.mjs';
import * as langchain from './langchain.mjs';

const clients = { ...openai.clients, ...aiSdk.clients, ...langchain.clients };

/** An SDK's error by its own name; one that wraps the last of several attempts is what it wraps. */
function raised(error) {
  const last = error.lastError ?? error;
  return { type: error.constructor.name, status: last.status ?? last.statusCode ?? 0, message: String(last.message) };
}

async function ask(question) {
  const answer = { id: question.id, text: '', pieces: 0, reasoning: '' };
  try {
    await clients[question.client](question, answer);
  } catch (error) {
    answer.error = raised(error);
  }
  console.log(JSON.stringify(answer));
}

// An SDK that would fail behind its caller's back must not take the others with it, nor go unseen.
process.on('unhandledRejection', (error) => console.error('unhandled:', error));

const questions = JSON.parse(await text(process.stdin));
await Promise.all(questions.filter((it) => !it.stopAfter).map(ask));
// When it is quiet: these are about what happens soon.
await Promise.all(questions.filter((it) => it.stopAfter).map(ask));
process.exit(0);
