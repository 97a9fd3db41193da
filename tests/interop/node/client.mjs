// A provider whose Privacy Pass client is Cloudflare's library: it asks, is challenged, gets a token, and redeems it.
// The plan comes as JSON at the standard input; what came of each request is printed as JSON.
import {
  AuthorizationHeader,
  MediaType,
  PRIVATE_TOKEN_ISSUER_DIRECTORY,
  WWWAuthenticateHeader,
  getIssuerUrl,
  publicVerif,
  sendTokenRequest,
} from '@cloudflare/privacypass-ts';
import { attest } from './attestation.mjs';
import { loopback, octets } from './loopback.mjs';

const plan = JSON.parse(await octets(process.stdin));
globalThis.fetch = loopback(plan.ports, plan.ca);
const body = Buffer.from(plan.body, 'hex');
const other = Buffer.from(plan.other, 'hex');

async function ask(content, authorization) {
  const headers = { 'content-type': plan.media_type, ...(authorization && { authorization }) };
  const response = await fetch(plan.url, { method: 'POST', headers, body: content });
  const answer = Buffer.from(await response.arrayBuffer());
  return { status: response.status, body: answer.toString('hex'), challenge: response.headers.get('www-authenticate') };
}

async function listed(issuer, key) {
  const response = await fetch(`https://${issuer}${PRIVATE_TOKEN_ISSUER_DIRECTORY}`);
  const directory = await response.json();
  const keys = directory['token-keys'].map((each) => each['token-key']);
  const said = Buffer.from(key).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  return response.headers.get('content-type') === MediaType.PRIVATE_TOKEN_ISSUER_DIRECTORY && keys.includes(said);
}

async function token(offer) {
  const issuer = offer.challenge.issuerName;
  const client = new publicVerif.Client(publicVerif.BlindRSAMode.PSS);
  const request = (await client.createTokenRequest(offer.challenge, offer.tokenKey)).serialize();
  const url = await getIssuerUrl(issuer);
  const seed = Buffer.from(plan.seed, 'hex');
  const path = new URL(url).pathname;
  const holder = plan.holder && Buffer.from(plan.holder, 'hex');
  const signed = attest({ issuer, path, body: request, provider: plan.provider, created: plan.now, seed, holder });
  delete signed['content-type']; // the library adds it
  const response = client.deserializeTokenResponse(await sendTokenRequest(request, url, new Headers(signed)));
  return new AuthorizationHeader(await client.finalize(response));
}

const first = await ask(body);
const [offer] = WWWAuthenticateHeader.parse(first.challenge);
const results = { first, listed: await listed(offer.challenge.issuerName, offer.tokenKey), maxAge: offer.maxAge };
results.origins = offer.challenge.originInfo;
const paying = await token(offer);
results.paid = await ask(body, paying.toString(plan.quoted));
results.again = await ask(body, paying.toString(!plan.quoted));
results.elsewhere = await ask(other, paying.toString(plan.quoted));
results.next = await ask(other, (await token(offer)).toString(plan.quoted));
console.log(JSON.stringify(results));
