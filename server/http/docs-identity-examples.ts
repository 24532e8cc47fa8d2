/** What a site's server does to prove who its visitor is, with nothing but what its language brings along. The tests run the first. */
export const identityExamples: readonly { language: string; example: string }[] = [
  {
    language: 'Node',
    example: `import { createHmac } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Call it for whoever is signed in to your site, and for nobody else.
export function identityToken(user) {
  const exp = Math.floor(Date.now() / 1000) + 300;
  const claims = { aud: 'parlour-visitor', sub: String(user.id), name: user.name, email: user.email, exp };
  const signed = \`\${encode({ alg: 'HS256', typ: 'JWT' })}.\${encode(claims)}\`;
  const signature = createHmac('sha256', process.env.PARLOUR_IDENTITY_SECRET).update(signed).digest('base64url');
  return \`\${signed}.\${signature}\`;
}`,
  },
  {
    language: 'PHP',
    example: `function identity_token(array $user): string {
  $encode = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
  $claims = [
    'aud' => 'parlour-visitor', 'sub' => (string) $user['id'],
    'name' => $user['name'], 'email' => $user['email'], 'exp' => time() + 300,
  ];
  $signed = $encode('{"alg":"HS256","typ":"JWT"}') . '.' . $encode(json_encode($claims, JSON_THROW_ON_ERROR));
  return $signed . '.' . $encode(hash_hmac('sha256', $signed, getenv('PARLOUR_IDENTITY_SECRET'), true));
}`,
  },
  {
    language: 'Python',
    example: `import base64, hashlib, hmac, json, os, time

def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")

def identity_token(user):
    claims = {"aud": "parlour-visitor", "sub": str(user["id"]), "name": user["name"],
              "email": user["email"], "exp": int(time.time()) + 300}
    signed = encode(b'{"alg":"HS256","typ":"JWT"}') + b"." + encode(json.dumps(claims).encode())
    secret = os.environ["PARLOUR_IDENTITY_SECRET"].encode()
    return (signed + b"." + encode(hmac.new(secret, signed, hashlib.sha256).digest())).decode()`,
  },
  {
    language: 'Ruby',
    example: `require 'json'
require 'openssl'

def encode(bytes) = [bytes].pack('m0').tr('+/', '-_').delete('=')

def identity_token(user)
  claims = { aud: 'parlour-visitor', sub: user.id.to_s, name: user.name, email: user.email, exp: Time.now.to_i + 300 }
  signed = "#{encode('{"alg":"HS256","typ":"JWT"}')}.#{encode(claims.to_json)}"
  "#{signed}.#{encode(OpenSSL::HMAC.digest('SHA256', ENV.fetch('PARLOUR_IDENTITY_SECRET'), signed))}"
end`,
  },
  {
    language: 'Go',
    example: `package site

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"time"
)

func IdentityToken(id, name, email string) (string, error) {
	encode := base64.RawURLEncoding.EncodeToString
	claims, err := json.Marshal(map[string]any{
		"aud": "parlour-visitor", "sub": id, "name": name, "email": email,
		"exp": time.Now().Add(5 * time.Minute).Unix(),
	})
	if err != nil {
		return "", err
	}
	signed := encode([]byte(\`{"alg":"HS256","typ":"JWT"}\`)) + "." + encode(claims)
	mac := hmac.New(sha256.New, []byte(os.Getenv("PARLOUR_IDENTITY_SECRET")))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil)), nil
}`,
  },
];
