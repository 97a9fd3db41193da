// A gateway whose issuer and origin of Privacy Pass are Cloudflare's library, before a provider that knows nothing of
// tokens. The plan comes as JSON in the first line of the standard input; the port is printed, and when the input ends,
// what was done.
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import {
  AuthorizationHeader,
  MediaType,
  PRIVATE_TOKEN_ISSUER_DIRECTORY,
  TOKEN_TYPES,
  WWWAuthenticateHeader,
  publicVerif,
} from '@cloudflare/privacypass-ts';
import { isAttested } from './attestation.mjs';
import { loopback, octets } from './loopback.mjs';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const plan = JSON.parse((await lines.next()).value);
const upstream = loopback(plan.ports, plan.ca);
const mode = publicVerif.BlindRSAMode.PSS;
const keys = await publicVerif.Issuer.generateKey(mode, {
  modulusLength: 2048,
  publicExponent: Uint8Array.from([1, 0, 1]),
});
const issuer = new publicVerif.Issuer(mode, plan.issuer, keys.privateKey, keys.publicKey, { supportsRSARAW: false });
const tokenKey = await publicVerif.getPublicKeyBytes(keys.publicKey);
const origin = new publicVerif.Origin(mode, [plan.origin]);
const challenge = origin.createTokenChallenge(plan.issuer, crypto.getRandomValues(new Uint8Array(32)));
const offer = new WWWAuthenticateHeader(challenge, tokenKey, plan.max_age);
const digest = Buffer.from(await crypto.subtle.digest('SHA-256', challenge.serialize()));
const spent = new Set();
const done = { directories: 0, issued: 0, holders: [], challenged: 0, redeemed: 0, refused: [] };

function directory() {
  done.directories += 1;
  const key = Buffer.from(tokenKey).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  const body = {
    'issuer-request-uri': plan.request_uri,
    'token-keys': [{ 'token-type': TOKEN_TYPES.BLIND_RSA.value, 'token-key': key }],
    ...(plan.budget && { 'mimi-budget': plan.budget }),
  };
  const headers = { 'content-type': MediaType.PRIVATE_TOKEN_ISSUER_DIRECTORY, 'cache-control': 'max-age=3600' };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(body)) };
}

async function issue(request, body) {
  const publicKey = Buffer.from(plan.public_key, 'hex');
  const path = request.url;
  const { headers } = request;
  if (!isAttested({ issuer: plan.issuer, path, body, provider: plan.provider, publicKey, headers })) {
    return refusal('a signature', 401);
  }
  const asked = publicVerif.TokenRequest.deserialize(TOKEN_TYPES.BLIND_RSA, new Uint8Array(body));
  const answer = (await issuer.issue(asked)).serialize();
  done.issued += 1;
  if (headers['mimi-token-holder']) done.holders.push(headers['mimi-token-holder']);
  return { status: 200, headers: { 'content-type': MediaType.PRIVATE_TOKEN_RESPONSE }, body: Buffer.from(answer) };
}

async function redeem(request) {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    done.challenged += 1;
    return { status: 401, headers: { 'www-authenticate': offer.toString(plan.quoted) }, body: Buffer.alloc(0) };
  }
  const [{ token }] = AuthorizationHeader.parse(TOKEN_TYPES.BLIND_RSA, authorization);
  const nonce = Buffer.from(token.authInput.nonce).toString('hex');
  const ours = digest.equals(Buffer.from(token.authInput.challengeDigest));
  if (!ours || spent.has(nonce) || !(await origin.verify(token, issuer.publicKey))) return refusal('a token', 401);
  spent.add(nonce);
  done.redeemed += 1;
  return undefined;
}

function refusal(what, status) {
  done.refused.push(what);
  return { status, headers: {}, body: Buffer.alloc(0) };
}

async function forwarded(request, body) {
  const { authorization, connection, ...headers } = request.headers;
  const url = `https://${headers.host}${request.url}`;
  const answer = await upstream(url, { method: request.method, headers, body });
  const kept = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: kept, body: Buffer.from(await answer.arrayBuffer()) };
}

async function answer(request, body) {
  if (request.url === PRIVATE_TOKEN_ISSUER_DIRECTORY) return directory();
  if (request.url === plan.request_path) return issue(request, body);
  const refused = request.url === plan.protected ? await redeem(request) : undefined;
  return refused ?? forwarded(request, body);
}

const server = createServer({ cert: plan.certificate, key: plan.certificate, minVersion: 'TLSv1.3' });
server.keepAliveTimeout = 0; // a test on a busy machine may pause for longer than the usual five seconds
server.on('request', async (request, response) => {
  const { status, headers, body } = await answer(request, await octets(request));
  response.writeHead(status, headers).end(body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
await lines.next();
console.log(JSON.stringify(done));
process.exit();
