// The AI SDK with its two providers that can speak to a Groq.
import { createGroq } from '@ai-sdk/groq';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, Output, streamText, tool as defineTool } from 'ai';

const asking = (provider) => async (question, answer) => {
  if (/MODEL/.test(question.kind)) throw new NoSuchCall('the AI SDK lists no models');
  const settings = { apiKey: question.key, baseURL: question.base, headers: { 'X-Request-ID': question.id } };
  const stopping = new AbortController();
  const call = {
    model: provider(settings)(question.model),
    prompt: question.prompt,
    abortSignal: stopping.signal,
    ...(question.tool && { tools: { [question.tool.name]: tool(question.tool) } }),
    ...(question.schema && {
      output: Output.object({ schema: jsonSchema(question.schema.schema), name: question.schema.name }),
    }),
  };
  if (question.kind === 'STREAM') return stream(call, stopping, question, answer);
  const result = await generateText(call);
  answer.pieces = 1;
  answer.text = result.text;
  answer.reasoning = result.reasoningText ?? '';
  takeTool(answer, result.toolCalls[0]);
  takeUsage(answer, result.usage);
};

async function stream(call, stopping, question, answer) {
  // Errors come as parts, too; the default would print them.
  for await (const part of streamText({ ...call, onError() {} }).fullStream) {
    if (part.type === 'text-delta') {
      answer.pieces++;
      answer.text += part.text;
      if (question.stopAfter && answer.pieces >= question.stopAfter) stopping.abort();
    } else if (part.type === 'reasoning-delta') answer.reasoning += part.text;
    else if (part.type === 'tool-call') takeTool(answer, part);
    else if (part.type === 'finish') takeUsage(answer, part.totalUsage);
    else if (part.type === 'error') throw part.error;
  }
}

function tool({ description, parameters }) {
  return defineTool({ description, inputSchema: jsonSchema(parameters) });
}

function takeTool(answer, call) {
  if (call) answer.tool = { name: call.toolName, arguments: JSON.stringify(call.input) };
}

function takeUsage(answer, { inputTokens, outputTokens, totalTokens }) {
  if (totalTokens) answer.usage = { prompt: inputTokens, completion: outputTokens, total: totalTokens };
}

class NoSuchCall extends Error {}

export const clients = {
  '@ai-sdk/groq': asking(createGroq),
  '@ai-sdk/openai-compatible': asking((settings) =>
    createOpenAICompatible({ ...settings, name: 'service', includeUsage: true, supportsStructuredOutputs: true }),
  ),
};
