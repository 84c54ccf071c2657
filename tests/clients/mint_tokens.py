#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Key pairs and tokens by other libraries than Songda's: python3-cryptography and PyJWT.

usage: mint_tokens.py FOLDER ISSUER AUDIENCE SUBJECT

Writes FOLDER/es256.pem and FOLDER/rs256.pem, the public keys, and prints tokens for half an hour as a JSON object: "es256"
and "rs256", and "stranger", which is like es256 and signed with a key of which nobody here knows.
"""
import json
import pathlib
import sys
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

LIFE_SECONDS = 1800


def main():
    folder, issuer, audience, subject = sys.argv[1:]
    now = int(time.time())
    claims = {"iss": issuer, "aud": audience, "sub": subject, "iat": now, "exp": now + LIFE_SECONDS, "scope": "send read"}
    keys = {"es256": ec.generate_private_key(ec.SECP256R1()), "rs256": rsa.generate_private_key(65537, 2048)}
    tokens = {}
    for name, key in keys.items():
        public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        pathlib.Path(folder, name + ".pem").write_bytes(public)
        tokens[name] = jwt.encode(claims, key, algorithm=name.upper(), headers={"kid": name})
    tokens["stranger"] = jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), algorithm="ES256", headers={"kid": "es256"})
    print(json.dumps(tokens))


main()
