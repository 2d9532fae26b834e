/** Whose calls these are. */
export type SignIn = "signed-in" | "open-door";

/** What a token is asked for. */
export interface Identity {
  readonly subject: string;
  readonly roles: readonly string[];
}

interface Token {
  readonly text: string;
  readonly expiresAt: number;
}

const TOKEN_PATH = "dev/token";
// A token that ends within this time is fetched anew, so that none ends on its way.
const RENEW_BEFORE_MS = 30_000;

/**
 * Development sign-in: a token for whoever one says to be, kept in memory and gone with the page. A Gateway without
 * development sign-in answers 404, and calls go on without a token.
 */
export class Session {
  #identity: Identity | undefined;
  #token: Token | undefined;

  /** Who is signed in. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** Signs in as somebody; throws where the Gateway refuses. */
  async signIn(identity: Identity): Promise<SignIn> {
    this.#token = await fetchToken(identity);
    this.#identity = identity;
    return this.#token === undefined ? "open-door" : "signed-in";
  }

  /** The value of the header `authorization`; undefined where the door is open. */
  async authorization(): Promise<string | undefined> {
    if (this.#identity !== undefined && this.#token !== undefined && this.#token.expiresAt - RENEW_BEFORE_MS < Date.now()) {
      this.#token = await fetchToken(this.#identity);
    }
    return this.#token === undefined ? undefined : `Bearer ${this.#token.text}`;
  }
}

// Not a method of the contract: signing in is the way to one. Everything else goes through the generated clients.
async function fetchToken({ subject, roles }: Identity): Promise<Token | undefined> {
  const answer = await fetch(TOKEN_PATH, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ subject, roles }),
  });
  if (answer.status === 404 || answer.status === 405) {
    return undefined;
  }
  if (!answer.ok) {
    throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
  }
  const token: unknown = await answer.json();
  if (!isToken(token)) {
    throw new Error("the answer holds no access_token and expires_in");
  }
  return { text: token.access_token, expiresAt: Date.now() + token.expires_in * 1000 };
}

function isToken(value: unknown): value is { readonly access_token: string; readonly expires_in: number } {
  return typeof value === "object" && value !== null
    && "access_token" in value && typeof value.access_token === "string"
    && "expires_in" in value && typeof value.expires_in === "number";
}
