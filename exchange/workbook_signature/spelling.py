"""The signature part's one spelling (工作簿签名写法): every signed element stands in the file as it is digested.

Each of them carries the namespaces in scope itself, has its attributes in canonical order and no empty-element
tags, so its bytes in the file are its canonical form (inclusive C14N 1.0), and neither writer nor reader needs
an XML parser. The literal prefixes `mdssi:` and `xd:` are what LibreOffice compares as text. Sources: ECMA-376
Part 2 §13, ETSI TS 101 903 v1.3.2, MS-OFFCRYPTO §2.5.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.x509.oid import NameOID

from exchange.certificates import Certificate, parse_certificate
from exchange.workbook_signature.part_types import RELATIONS_TYPE

_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_OPC = "http://schemas.openxmlformats.org/package/2006/digital-signature"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
ALGORITHMS = frozenset({_C14N, _RELATIONS, _SHA256, _RSA, _ECDSA})
TRANSFORMS = frozenset({_C14N, _RELATIONS})
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_ATTRIBUTES = {
    NameOID.COMMON_NAME: "CN",
    NameOID.COUNTRY_NAME: "C",
    NameOID.ORGANIZATION_NAME: "O",
    NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
}
_SPECIAL = str.maketrans({char: f"\\{char}" for char in ',+"\\<>;='})


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature says (签名内容): signer, time, and what each part's reference stands for."""

    certificate: Certificate
    moment: datetime
    references: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class Reference:
    """A part under the signature (被签部件); of a relations part only the named relations, canonical."""

    part: str
    content_type: str
    digest: bytes
    relations: tuple[str, ...] = ()

    def text(self) -> str:
        """The reference as it stands in the manifest."""
        transforms = ""
        if self.content_type == RELATIONS_TYPE:
            named = "".join(
                f'<mdssi:RelationshipReference xmlns:mdssi="{_OPC}" SourceId="{one}">'
                "</mdssi:RelationshipReference>"
                for one in self.relations
            )
            transforms = (
                f'<Transforms><Transform Algorithm="{_RELATIONS}">{named}</Transform>'
                f'<Transform Algorithm="{_C14N}"></Transform></Transforms>'
            )
        uri = f"/{self.part}?ContentType={self.content_type}"
        return f'<Reference URI="{uri}">{transforms}{_digest(self.digest)}</Reference>'


@dataclass(frozen=True, slots=True)
class SignedTexts:
    """The signed elements, each written once (签名文本); `info` is SignedInfo, whose bytes the value is over."""

    package: str
    properties: str
    info: str


def signed_texts(signed: Signed) -> SignedTexts:
    """The elements a signature of this content consists of."""
    package, properties = _package_object(signed), _properties(signed)
    info = (
        f'<SignedInfo xmlns="{_DSIG}"><CanonicalizationMethod Algorithm="{_C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{_RSA if signed.certificate.is_rsa else _ECDSA}"></SignatureMethod>'
        f"{_inner('idPackageObject', f'{_DSIG}Object', package)}"
        f"{_office_reference()}"
        f"{_inner('idSignedProperties', 'http://uri.etsi.org/01903#SignedProperties', properties)}"
        "</SignedInfo>"
    )
    return SignedTexts(package, properties, info)


def signature_part(certificate: Certificate, texts: SignedTexts, value: bytes) -> bytes:
    """The whole part with its signature value."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Signature xmlns="{_DSIG}" Id="idPackageSignature">{texts.info}'
        f"<SignatureValue>{_base64(value)}</SignatureValue>"
        f"<KeyInfo><X509Data><X509Certificate>{spelled(certificate.der).whole}</X509Certificate></X509Data></KeyInfo>"
        f"{texts.package}{_OFFICE_OBJECT}"
        f'<Object><xd:QualifyingProperties xmlns:xd="{_XADES}" Target="#idPackageSignature">'
        f"{texts.properties}</xd:QualifyingProperties></Object></Signature>"
    ).encode()


def _package_object(signed: Signed) -> str:
    """The manifest of parts and the time."""
    references = "".join(reference.text() for reference in signed.references)
    moment = signed.moment.strftime(TIME_FORMAT)
    return (
        f'<Object xmlns="{_DSIG}" Id="idPackageObject"><Manifest>{references}</Manifest><SignatureProperties>'
        '<SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{_OPC}"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>'
        f"<mdssi:Value>{moment}</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties></Object>"
    )


_OFFICE_OBJECT = (
    f'<Object xmlns="{_DSIG}" Id="idOfficeObject"><SignatureProperties>'
    '<SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature">'
    f'<SignatureInfoV1 xmlns="{_OFFICE}"><SetupID></SetupID><SignatureText></SignatureText>'
    "<SignatureImage></SignatureImage><SignatureComments></SignatureComments>"
    "<WindowsVersion>10.0</WindowsVersion><OfficeVersion>16.0</OfficeVersion>"
    "<ApplicationVersion>16.0</ApplicationVersion><Monitors>1</Monitors>"
    "<HorizontalResolution>1280</HorizontalResolution><VerticalResolution>800</VerticalResolution>"
    "<ColorDepth>32</ColorDepth>"
    "<SignatureProviderId>{00000000-0000-0000-0000-000000000000}</SignatureProviderId>"
    "<SignatureProviderUrl></SignatureProviderUrl><SignatureProviderDetails>9</SignatureProviderDetails>"
    "<SignatureType>1</SignatureType></SignatureInfoV1></SignatureProperty></SignatureProperties></Object>"
)


def _properties(signed: Signed) -> str:
    """XAdES: when, and with which certificate."""
    certificate = spelled(signed.certificate.der)
    return (
        f'<xd:SignedProperties xmlns="{_DSIG}" xmlns:xd="{_XADES}" Id="idSignedProperties">'
        f"<xd:SignedSignatureProperties><xd:SigningTime>{signed.moment.strftime(TIME_FORMAT)}</xd:SigningTime>"
        f"<xd:SigningCertificate><xd:Cert><xd:CertDigest>{certificate.digest}"
        f"</xd:CertDigest><xd:IssuerSerial><X509IssuerName>{certificate.issuer}</X509IssuerName>"
        f"<X509SerialNumber>{certificate.serial}</X509SerialNumber></xd:IssuerSerial></xd:Cert>"
        "</xd:SigningCertificate><xd:SignaturePolicyIdentifier><xd:SignaturePolicyImplied>"
        "</xd:SignaturePolicyImplied></xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties>"
        "</xd:SignedProperties>"
    )


@dataclass(frozen=True, slots=True)
class SpelledCertificate:
    """What a signature says of its certificate (证书的写法), put into words once."""

    whole: str
    digest: str
    issuer: str
    serial: int


@lru_cache(maxsize=1024)
def spelled(certificate_der: bytes) -> SpelledCertificate:
    """The texts of a certificate, kept for its next workbook."""
    certificate = parse_certificate(certificate_der)
    issuer = _escaped(_issuer(certificate))
    return SpelledCertificate(
        _base64(certificate_der), _digest(certificate.sha256), issuer, certificate.serial
    )


@lru_cache(maxsize=1)
def _office_reference() -> str:
    """The reference to the one element that is the same in every signature."""
    return _inner("idOfficeObject", f"{_DSIG}Object", _OFFICE_OBJECT)


def _inner(target: str, kind: str, content: str) -> str:
    """A reference of SignedInfo to an element of the same part."""
    is_properties = target == "idSignedProperties"
    transforms = (
        f'<Transforms><Transform Algorithm="{_C14N}"></Transform></Transforms>' if is_properties else ""
    )
    digest = _digest(hashlib.sha256(content.encode()).digest())
    return f'<Reference Type="{kind}" URI="#{target}">{transforms}{digest}</Reference>'


def _digest(value: bytes) -> str:
    return f'<DigestMethod Algorithm="{_SHA256}"></DigestMethod><DigestValue>{_base64(value)}</DigestValue>'


def _base64(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode("ascii")


def _issuer(certificate: Certificate) -> str:
    """The issuer's name after RFC 2253, most special part first; spelled here so that no library's habit matters."""
    parts = []
    for part in reversed(list(certificate.x509.issuer)):
        label = _ATTRIBUTES.get(part.oid, f"OID.{part.oid.dotted_string}")
        parts.append(f"{label}={str(part.value).translate(_SPECIAL)}")
    return ",".join(parts)


def _escaped(text: str) -> str:
    """A text as canonical XML writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")
