// HTTPS to names that are at loopback ports: what the global `fetch` is in these programs, for the library calls it.
import { readFileSync } from 'node:fs';
import https from 'node:https';

// `ports` by name; `ca` is a file with the certificate of the authority that issues the servers' certificates.
export function loopback(ports, ca) {
  const trusted = readFileSync(ca);
  return async (url, { method = 'GET', headers = {}, body } = {}) => {
    const target = new URL(url);
    const request = https.request({
      host: '127.0.0.1',
      port: ports[target.hostname],
      servername: target.hostname,
      minVersion: 'TLSv1.3',
      ca: trusted,
      agent: false,
      method,
      path: target.pathname + target.search,
      headers: { ...Object.fromEntries(new Headers(headers)), host: target.hostname },
    });
    return new Promise((done, failed) => {
      request.on('error', failed);
      request.on('response', async (response) => {
        const content = await octets(response);
        const fields = pairs(response.rawHeaders);
        done(new Response(content, { status: response.statusCode, headers: fields }));
      });
      request.end(body);
    });
  };
}

// All that a stream has.
export async function octets(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

// The fields of a message, as pairs: several of one name stay several.
export function pairs(raw) {
  return raw.flatMap((_, index) => (index % 2 ? [] : [[raw[index], raw[index + 1]]]));
}
