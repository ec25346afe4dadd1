"""Being logged in at a token (UKey 登录): one session per token, shared by the keys opened with it.

A token knows one login for the whole program. So a PIN is always proved afresh: whatever session was open is
closed first, and after a wrong PIN no key of that token signs any more. The login ends with the last key that
uses it; the PIN itself is kept only for keys that ask for it at every signature.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from typing import Any

from exchange.token_module import LOCK, find_token, pin_state, restart
from exchange.token_problems import locked, not_on_token, plain_words, wrong_pin
from models.domain.errors import KeyProblem
from services.ports.tokens import PinState, TokenPlace


class TokenLogin:
    """An open session at a token (UKey 会话); made by `log_in`."""

    def __init__(self, place: TokenPlace) -> None:
        self.place = place
        self._open: dict[str, Any] = {}
        weakref.finalize(self, _close, self._open)

    def enter(self, pin: str) -> None:
        """Log in (again) with this PIN; WrongPassword, KeyProblem (locked, not plugged in)."""
        import pkcs11

        with LOCK:
            _close(self._open)
            token = _found(self.place)
            if pin_state(token) is PinState.LOCKED:
                raise locked()
            with plain_words(self.place.label):
                try:
                    self._open["session"] = _open_session(token, pin)
                except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid) as error:
                    raise wrong_pin(pin_state(find_token(self.place))) from error
            self._open["pin"] = pin

    @property
    def session(self) -> Any:
        """The session; KeyProblem when the login has ended. The caller holds LOCK."""
        if "session" not in self._open:
            raise KeyProblem("UKey 已退出登录", "请重新输入 PIN 码，已填的内容都在")
        return self._open["session"]

    def sign(self, key_id: bytes, data: bytes, mechanism: Any) -> bytes:
        """What the token's own mechanism makes of the data; KeyProblem when the token or the key is gone."""
        from pkcs11 import Attribute

        with LOCK, plain_words(self.place.label):
            session = self.session
            find_token(self.place)
            key = private_key(session, key_id)
            if key is None:
                raise not_on_token(self.place.label)
            pin = self._open["pin"] if attribute(key, Attribute.ALWAYS_AUTHENTICATE) else None
            return bytes(key.sign(data, mechanism=mechanism, pin=pin))

    def change_pin(self, pin: str, new_pin: str) -> None:
        """Another PIN for the token; KeyProblem when it does not take it."""
        with LOCK, plain_words(self.place.label):
            self.session.set_pin(pin, new_pin)
            self._open["pin"] = new_pin


_LOGINS: weakref.WeakValueDictionary[TokenPlace, TokenLogin] = weakref.WeakValueDictionary()


def log_in(place: TokenPlace, pin: str) -> TokenLogin:
    """The login at a token, proved with this PIN; WrongPassword, KeyProblem (locked, not plugged in)."""
    with LOCK:
        login = _LOGINS.get(place)
        if login is None:
            login = _LOGINS[place] = TokenLogin(place)
        login.enter(pin)
        return login


def private_key(session: Any, key_id: bytes) -> Any | None:
    """The private key of that id, None when there is none."""
    from pkcs11 import Attribute, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
    return next(iter(list(session.get_objects(wanted))), None)


def attribute(item: Any, wanted: Any) -> Any | None:
    """An object's attribute, None when the token does not tell it."""
    import pkcs11

    try:
        return item[wanted]
    except (pkcs11.PKCS11Error, KeyError, NotImplementedError):
        return None


def _found(place: TokenPlace) -> Any:
    """The token, asked for once more of a module started anew when it was not seen."""
    try:
        return find_token(place)
    except KeyProblem:
        restart(place.module)
        return find_token(place)


def _open_session(token: Any, pin: str) -> Any:
    """A session that may write, else one that reads: some tokens are closed to writing."""
    import pkcs11

    try:
        return token.open(rw=True, user_pin=pin)
    except (pkcs11.TokenWriteProtected, pkcs11.SessionReadOnly):
        return token.open(user_pin=pin)


def _close(opened: dict[str, Any]) -> None:
    """Log out and forget; a token that is gone needs no farewell."""
    session = opened.pop("session", None)
    opened.clear()
    if session is not None:
        with LOCK, suppress(RuntimeError):
            session.close()
