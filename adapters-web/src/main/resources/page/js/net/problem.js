/** A failure that the service, or the way to it, has put into words. */
export class Problem extends Error {
  /**
   * @param {{type?: string, title?: string, detail?: string}} body a problem detail (RFC 9457)
   * @param {{status?: number, retryAfter?: number, retryable?: boolean}} more retryAfter in seconds
   */
  constructor(body, { status = 0, retryAfter, retryable } = {}) {
    super(body.detail || body.title || 'Something went wrong');
    this.kind = (body.type || '').replace('urn:groqchat:problem:', '');
    this.title = body.title || 'Something went wrong';
    this.detail = body.detail || '';
    this.status = status || STATUS[this.kind] || 0;
    // An event has no header that says so; its words do.
    this.retryAfter = retryAfter ?? (Number(/try again in ([\d.]+) s/.exec(this.detail)?.[1]) || undefined);
    this.retryable = retryable ?? WORTH_RETRYING.has(this.kind);
  }

  /** What an answer with a bad status says. */
  static async of(response) {
    const after = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    const body = await response.json().catch(() => ({ title: `HTTP ${response.status}` }));
    return new Problem(body, {
      status: response.status,
      retryAfter: Number.isFinite(after) ? after : undefined,
      retryable: response.status >= 500 || response.status === 429 || undefined,
    });
  }

  /** What one can do about it; empty if nothing comes to mind. */
  get advice() {
    return ADVICE[this.kind] ?? (this.retryable ? 'Try again in a moment.' : '');
  }
}

/** The connection broke, or was never made. Nothing is known about what became of the request. */
export class ConnectionLost extends Error {
  /** @param silenceMs for how long a connection that was open had been silent; undefined if none was */
  constructor(message = 'the connection was lost', silenceMs = undefined) {
    super(message);
    this.silenceMs = silenceMs;
  }
}

const STATUS = { unauthorized: 401, 'not-found': 404, 'rate-limited': 429 };

const WORTH_RETRYING = new Set([
  'rate-limited', 'model-unavailable', 'model-timeout', 'model-busy', 'model-overloaded', 'reply-cut',
  'circuit-open', 'too-busy', 'store-unavailable', 'instance-lost', 'shutting-down', 'internal-error',
]);

const ADVICE = {
  'validation-error': 'Change the message and send it again.',
  'prompt-too-large': 'Shorten the message, or go on in a new conversation.',
  'question-refused': 'Change the message, or choose another model.',
  'model-refused': 'Choose another model. If that does not help, tell whoever runs this service.',
  'model-unavailable': 'Try again, or choose another model.',
  'model-timeout': 'Try again, or choose another model.',
  'model-busy': 'The provider’s limit is used up for now. Wait a little, then try again.',
  'model-overloaded': 'Wait a little, then try again, or choose another model.',
  'circuit-open': 'The model has failed several times and is given a rest. Wait a little, or choose another one.',
  'reply-cut': 'The text up to here is kept. Try again for a whole answer.',
  'rate-limited': 'You have asked faster than this service allows. It goes on by itself in a moment.',
  'too-busy': 'Many people are asking. Wait a little, then try again.',
  'store-unavailable': 'Nothing of what you wrote is lost. Try again in a moment.',
  'instance-lost': 'The text up to here is kept. Try again for a whole answer.',
  'shutting-down': 'The service is being restarted. Try again in a moment.',
};
