"""Checks of Schemathesis: nothing that is asked makes the service fail, or tell what is inside of it."""

import schemathesis

# What FuzzIT gives the service for a provider's key.
KEY = "canary-key-of-the-provider"

# Of classes and stack traces. /metrics may: whoever runs the service reads it.
WORDS = ["dev.groqchat", "org.springframework", "java.", "jakarta.", "tomcat", "\tat ", "Exception"]


@schemathesis.check
def fails_for_nobody(ctx, response, case):
    # That the provider refuses what was asked, such as an unknown model, is a 502 that cannot be helped.
    refused = response.status_code == 502 and "refused" in response.text
    assert response.status_code < 500 or refused, f"the service failed with {response.status_code}"


@schemathesis.check
def tells_no_insides(ctx, response, case):
    told = response.text + str(response.headers)
    words = [KEY] if case.path == "/metrics" else [KEY, *WORDS]
    for word in words:
        assert word not in told, f"the answer tells of {word!r}"
