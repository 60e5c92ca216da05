/** A real OpenID Connect provider, and somebody's browser that walks to it and back. Every name is invented. */
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider from "oidc-provider";

/** What the provider says of whoever signs in next. */
export interface Said {
  sub: string;
  email?: string;
  email_verified?: boolean;
  acr?: string;
}

export interface GivenProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  /** Walks from `url` through the provider to the address to which it sends the browser back. */
  signIn(url: string, said: Said): Promise<URL>;
  /** Changes what the next token says, signed anew with the provider's own key: a provider that errs or lies. */
  lie(change: (claims: Record<string, unknown>) => Record<string, unknown>): void;
  [Symbol.asyncDispose](): Promise<void>;
}

const CLIENT = "wholooked";
const SECRET = "the client's secret, forty-two letters long.";

/** @param redirectUris where it may send browsers back to */
export async function givenProvider(redirectUris: string[]): Promise<GivenProvider> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const people = new Map<string, Said>();
  let next: Said = { sub: "nobody" };
  let lie: ((claims: Record<string, unknown>) => Record<string, unknown>) | null = null;

  const server = createServer();
  const port = await listen(server);
  const issuer = `http://localhost:${port}`;
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: redirectUris }],
        jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] },
        cookies: { keys: ["a key for the cookies of this test"] },
        claims: { openid: ["sub"], email: ["email", "email_verified"], acr: null },
        acrValues: ["urn:example:two-factors", "urn:example:password"],
        conformIdTokenClaims: false,
        features: { devInteractions: { enabled: false } },
        pkce: { required: () => true },
        interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
        findAccount: (_context, sub) => ({
          accountId: sub,
          claims: () => {
            const { email, email_verified } = people.get(sub) ?? { sub };
            return {
              sub,
              ...(email !== undefined && { email }),
              ...(email_verified !== undefined && { email_verified }),
            };
          },
        }),
        ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Grant: 600, Session: 600 },
      }),
  );

  const answer = provider.callback();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith("/interaction/")) {
      void interact(provider, request, response, next);
      return;
    }
    if (lie && request.url === "/token") response.end = lyingEnd(response, privateKey, lie);
    void answer(request, response);
  });

  return {
    issuer,
    clientId: CLIENT,
    secret: SECRET,
    signIn: async (url, said) => {
      next = said;
      people.set(said.sub, said);
      return walk(url, issuer);
    },
    lie: (change) => {
      lie = change;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** It warns that it keeps everything in memory, which is what a test wants. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

/** Signs in as the one who is next, and lets the client have what it asks for. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse, said: Said) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: said.sub, clientId: String(params["client_id"]) });
  grant.addOIDCScope("openid email");
  const login = { accountId: said.sub, remember: false, ...(said.acr !== undefined && { acr: said.acr }) };
  await provider.interactionFinished(request, response, { login, consent: { grantId: await grant.save() } });
}

/** A browser that keeps cookies and follows, as long as it stays at the provider. */
async function walk(from: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(from);
  for (let step = 0; step < 12; step++) {
    if (url.origin !== issuer) return url;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    url = new URL(location, url);
  }
  throw new Error("the provider sends the browser in a circle");
}

/** The token endpoint's answer with another ID token in it. */
function lyingEnd(
  response: ServerResponse,
  key: KeyObject,
  change: (claims: Record<string, unknown>) => Record<string, unknown>,
): ServerResponse["end"] {
  const end = response.end.bind(response) as (body: unknown) => ServerResponse;
  return ((body: unknown) => {
    const said = JSON.parse(String(body)) as { id_token?: string };
    if (said.id_token) said.id_token = signAnew(said.id_token, key, change);
    const changed = JSON.stringify(said);
    response.setHeader("content-length", Buffer.byteLength(changed));
    return end(changed);
  }) as ServerResponse["end"];
}

function signAnew(
  token: string,
  key: KeyObject,
  change: (claims: Record<string, unknown>) => Record<string, unknown>,
): string {
  const [head = "", body = ""] = token.split(".");
  const claims = change(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  const signed = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key).toString("base64url")}`;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address && typeof address === "object") resolve(address.port);
      else reject(new Error("no port"));
    });
  });
}
