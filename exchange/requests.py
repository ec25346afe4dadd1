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
