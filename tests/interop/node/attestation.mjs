// The signature of a provider over a token request: RFC 9421 in the one form that the simulator's issuers take.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

const MEDIA_TYPE = 'application/private-token-request';
const HOLDER = 'mimi-token-holder';
// What stands before the octets of an Ed25519 key in its PKCS#8 and SPKI encodings (RFC 8410).
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');

// The fields that go with a token request of `provider` to an issuer; `seed` is its private key, 32 octets.
export function attest({ issuer, path, body, provider, created, seed, holder }) {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
  const fields = signedFields(body, holder);
  const parameters = written(fields, created, provider);
  const signature = sign(null, base(issuer, path, fields, parameters), key);
  return { ...fields, 'signature-input': `mimi=${parameters}`, signature: `mimi=${binary(signature)}` };
}

// Whether a token request at `issuer` is that of `provider`, whose public key has these 32 octets.
export function isAttested({ issuer, path, body, provider, publicKey, headers }) {
  const key = createPublicKey({ key: Buffer.concat([PUBLIC, publicKey]), format: 'der', type: 'spki' });
  const holder = headers[HOLDER] && Buffer.from(headers[HOLDER].slice(1, -1), 'base64');
  const fields = signedFields(body, holder);
  const created = /;created=(\d+);/.exec(headers['signature-input'])[1];
  const parameters = written(fields, created, provider);
  const same = Object.entries(fields).every(([name, value]) => headers[name] === value);
  const value = Buffer.from(headers.signature.slice('mimi=:'.length, -1), 'base64');
  const form = headers['signature-input'] === `mimi=${parameters}` && headers.signature === `mimi=${binary(value)}`;
  return same && form && verify(null, base(issuer, path, fields, parameters), key, value);
}

function signedFields(body, holder) {
  const digest = createHash('sha256').update(body).digest();
  const fields = { 'content-type': MEDIA_TYPE, 'content-digest': `sha-256=${binary(digest)}` };
  return holder ? { ...fields, [HOLDER]: binary(holder) } : fields;
}

function written(fields, created, provider) {
  const names = ['@method', '@authority', '@path', ...Object.keys(fields)].map((name) => `"${name}"`).join(' ');
  return `(${names});created=${created};keyid="${provider}";alg="ed25519"`;
}

function base(issuer, path, fields, parameters) {
  const covered = { '@method': 'POST', '@authority': issuer, '@path': path, ...fields };
  const lines = Object.entries(covered).map(([name, value]) => `"${name}": ${value}`);
  return Buffer.from([...lines, `"@signature-params": ${parameters}`].join('\n'));
}

function binary(octets) {
  return `:${Buffer.from(octets).toString('base64')}:`;
}
