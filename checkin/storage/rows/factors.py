"""Second factors, passkeys, and who people are at another place of sign-in."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class AuthenticatorRow(Base):
    """An app that shows codes; its secret is encrypted."""

    __tablename__ = "authenticator"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    label: Mapped[str]
    secret: Mapped[bytes]
    last_step: Mapped[int]
    added_on: Mapped[date]
    used_on: Mapped[date | None]


class PasskeyRow(Base):
    """A passkey; only its public half is here."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    label: Mapped[str]
    credential: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    counter: Mapped[int] = mapped_column(BigInteger)
    added_on: Mapped[date]
    used_on: Mapped[date | None]
    stopped_on: Mapped[date | None]


class RecoveryCodeRow(Base):
    """A code for one sign-in without the phone, hashed."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    used_on: Mapped[date | None]


class SignInStepRow(Base):
    """A sign-in, or the adding of a factor, that is half done; it opens no page."""

    __tablename__ = "sign_in_step"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str]
    kept: Mapped[bytes]
    tries: Mapped[int]
    expires_at: Mapped[datetime]


class FactorDutyRow(Base):
    """Since when a person signs in who is to have a second factor."""

    __tablename__ = "factor_duty"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    since: Mapped[datetime]


class FactorRuleRow(Base):
    """That an administrator wants second factors at once; without it people have two weeks."""

    __tablename__ = "factor_rule"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]


class OutsideIdentityRow(Base):
    """Who a person is at the place where the school's people sign in elsewhere."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("staff_id", "issuer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    bound_at: Mapped[datetime]
