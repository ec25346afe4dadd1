"""Registration requests (签名登记申请): PKCS#10 of a unit's own key, to stand in the payload."""

from __future__ import annotations

from services.ports.exchange import UnlockedKey


class Pkcs10Requests:
    """Makes requests the authority can issue from; implements the port RegistrationRequests."""

    def request_pem(self, key: UnlockedKey) -> str:
        """The PKCS#10 as PEM, signed by the key itself."""
        from exchange.issuing import request_pem
        from exchange.keys import open_key

        return request_pem(open_key(key))


def fingerprint_of(pem: str) -> str:
    """核对码 of the key a PKCS#10 asks for; KeyProblem when its holder has not proved to own it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from exchange.issuing import public_key_from
    from models.domain.check_code import check_code

    public = public_key_from(pem)
    return check_code(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
