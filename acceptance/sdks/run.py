"""openai for Python. Does what run.mjs does: questions on stdin, a line of JSON for each answer on stdout."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import openai


def ask(question):
    answer = {"id": question["id"], "text": "", "pieces": 0, "reasoning": ""}
    client = openai.OpenAI(
        api_key=question["key"],
        base_url=question["base"],
        default_headers={"X-Request-ID": question["id"]},
    )
    try:
        KINDS[question["kind"]](client, question, answer)
    except Exception as error:
        answer["error"] = {
            "type": type(error).__name__,
            "status": getattr(error, "status_code", 0),
            "message": str(error),
        }
    return answer


def plain(client, question, answer):
    completion = client.chat.completions.create(**body(question))
    take(answer, completion.choices[0].message)
    take_usage(answer, completion.usage)


def stream(client, question, answer):
    with client.chat.completions.create(
        **body(question), stream=True, stream_options={"include_usage": True}
    ) as chunks:
        for chunk in chunks:
            for choice in chunk.choices:
                take(answer, choice.delta)
            take_usage(answer, chunk.usage)
            if question["stopAfter"] and answer["pieces"] >= question["stopAfter"]:
                return


def list_models(client, question, answer):
    answer["text"] = "".join(f"{model.id}\n" for model in client.models.list())


def find_model(client, question, answer):
    answer["text"] = client.models.retrieve(question["model"]).id


KINDS = {"ASK": plain, "STREAM": stream, "LIST_MODELS": list_models, "FIND_MODEL": find_model}


def body(question):
    wanted = {
        "model": question["model"],
        "messages": [{"role": "user", "content": question["prompt"]}],
    }
    if question["tool"]:
        wanted["tools"] = [{"type": "function", "function": question["tool"]}]
    if question["schema"]:
        wanted["response_format"] = {"type": "json_schema", "json_schema": question["schema"]}
    return wanted


def take(answer, said):
    answer["pieces"] += 1 if said.content else 0
    answer["text"] += said.content or ""
    answer["reasoning"] += getattr(said, "reasoning", None) or ""
    for call in said.tool_calls or []:
        tool = answer.setdefault("tool", {"name": "", "arguments": ""})
        tool["name"] += call.function.name or ""
        tool["arguments"] += call.function.arguments or ""


def take_usage(answer, usage):
    if usage:
        answer["usage"] = {
            "prompt": usage.prompt_tokens,
            "completion": usage.completion_tokens,
            "total": usage.total_tokens,
        }


questions = json.load(sys.stdin)
with ThreadPoolExecutor(max_workers=len(questions)) as threads:
    # What is about leaving soon comes when it is quiet.
    for leaving in (False, True):
        for answer in threads.map(ask, [it for it in questions if bool(it["stopAfter"]) == leaving]):
            print(json.dumps(answer))
