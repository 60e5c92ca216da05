/** A delivery with what every Linux machine has: bash, openssl 3 and curl. Pure text; a test runs it as it stands. */

/**
 * @param origin Such as https://wholooked.example.gov
 * @param system Such as alpr
 */
export function curlExample(origin: string, system: string): string {
  return `#!/usr/bin/env bash
# Delivers one file: deliver.sh KEY.pem KEYID FILE
#   once: openssl genpkey -algorithm ed25519 -out KEY.pem
#         openssl pkey -in KEY.pem -pubout    (give this to the portal's operator, who answers with the KEYID)
set -euo pipefail
key=$1 keyid=$2 file=$3
url='${origin}/api/feeds/${system}/batches'
type='text/csv'

digest="sha-256=:$(openssl dgst -sha256 -binary "$file" | openssl base64 -A):"
idempotency="$(openssl dgst -sha256 -r "$file" | cut -c1-64)"
covered='("@method" "@target-uri" "content-digest" "content-type" "idempotency-key")'
params="$covered;created=$(date +%s);keyid=\\"$keyid\\";alg=\\"ed25519\\";nonce=\\"$(openssl rand -hex 16)\\""

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
printf '%s' "\\"@method\\": POST
\\"@target-uri\\": $url
\\"content-digest\\": $digest
\\"content-type\\": $type
\\"idempotency-key\\": $idempotency
\\"@signature-params\\": $params" > "$work/base"
signature=$(openssl pkeyutl -sign -rawin -inkey "$key" -in "$work/base" | openssl base64 -A)

curl --silent --show-error --fail-with-body -X POST "$url" --data-binary "@$file" \\
  -H "Content-Type: $type" \\
  -H "Content-Digest: $digest" \\
  -H "Idempotency-Key: $idempotency" \\
  -H "Signature-Input: sig1=$params" \\
  -H "Signature: sig1=:$signature:"
`;
}
