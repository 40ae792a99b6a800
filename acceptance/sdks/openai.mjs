// groq-sdk and openai: two SDKs of one make.
import Groq from 'groq-sdk';
import OpenAI from 'openai';

const asking = (SDK) => async (question, answer) => {
  const client = new SDK({
    apiKey: question.key,
    baseURL: question.base,
    defaultHeaders: { 'X-Request-ID': question.id },
  });
  if (question.kind === 'LIST_MODELS') {
    for (const model of (await client.models.list()).data) answer.text += `${model.id}\n`;
  } else if (question.kind === 'FIND_MODEL') {
    answer.text = (await client.models.retrieve(question.model)).id;
  } else if (question.kind === 'STREAM') {
    await stream(client, question, answer);
  } else {
    const completion = await client.chat.completions.create(body(question));
    take(answer, completion.choices[0].message);
    takeUsage(answer, completion.usage);
  }
};

async function stream(client, question, answer) {
  const chunks = await client.chat.completions.create({
    ...body(question),
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of chunks) {
    if (chunk.choices[0]) take(answer, chunk.choices[0].delta);
    takeUsage(answer, chunk.usage);
    if (question.stopAfter && answer.pieces >= question.stopAfter) chunks.controller.abort();
  }
}

function body({ model, prompt, tool, schema }) {
  return {
    model,
    messages: [{ role: 'user', content: prompt }],
    ...(tool && { tools: [{ type: 'function', function: tool }] }),
    ...(schema && { response_format: { type: 'json_schema', json_schema: schema } }),
  };
}

function take(answer, { content, reasoning, tool_calls: calls }) {
  if (content) answer.pieces++;
  answer.text += content ?? '';
  answer.reasoning += reasoning ?? '';
  for (const { function: call } of calls ?? []) {
    answer.tool ??= { name: '', arguments: '' };
    answer.tool.name += call.name ?? '';
    answer.tool.arguments += call.arguments ?? '';
  }
}

function takeUsage(answer, usage) {
  if (usage) answer.usage = { prompt: usage.prompt_tokens, completion: usage.completion_tokens, total: usage.total_tokens };
}

export const clients = { 'groq-sdk': asking(Groq), openai: asking(OpenAI) };
