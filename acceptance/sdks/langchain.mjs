// LangChain.js with its two models that can speak to a Groq.
import { ChatGroq } from '@langchain/groq';
import { ChatOpenAI } from '@langchain/openai';

const RETRIES = 2; // as the others do; its own default of 6 would take a minute

const asking = (model) => async (question, answer) => {
  if (/MODEL/.test(question.kind)) throw new NoSuchCall('LangChain lists no models');
  let chat = model(question, { 'X-Request-ID': question.id });
  if (question.tool) chat = chat.bindTools([{ type: 'function', function: question.tool }]);
  const stopping = new AbortController();
  const options = {
    signal: stopping.signal,
    ...(question.schema && { response_format: { type: 'json_schema', json_schema: question.schema } }),
  };
  if (question.kind !== 'STREAM') return take(answer, await chat.invoke(question.prompt, options));
  let whole;
  for await (const chunk of await chat.stream(question.prompt, options)) {
    whole = whole ? whole.concat(chunk) : chunk;
    take(answer, chunk);
    if (question.stopAfter && answer.pieces >= question.stopAfter) stopping.abort();
  }
  takeTool(answer, whole);
};

function take(answer, message) {
  if (message.text) answer.pieces++;
  answer.text += message.text;
  answer.reasoning += message.additional_kwargs.reasoning ?? message.additional_kwargs.reasoning_content ?? '';
  takeTool(answer, message);
  // ChatGroq has what a stream cost here.
  const usage = message.usage_metadata ?? message.response_metadata.usage;
  if (usage?.input_tokens) answer.usage = { prompt: usage.input_tokens, completion: usage.output_tokens, total: usage.total_tokens };
}

function takeTool(answer, message) {
  const call = message?.tool_calls?.[0];
  if (call) answer.tool = { name: call.name, arguments: JSON.stringify(call.args) };
}

class NoSuchCall extends Error {}

export const clients = {
  '@langchain/groq': asking(
    ({ key, base, model }, defaultHeaders) =>
      new ChatGroq({ apiKey: key, baseUrl: base, model, defaultHeaders, maxRetries: RETRIES }),
  ),
  '@langchain/openai': asking(
    ({ key, base, model }, defaultHeaders) =>
      new ChatOpenAI({ apiKey: key, configuration: { baseURL: base, defaultHeaders }, model, maxRetries: RETRIES }),
  ),
};
